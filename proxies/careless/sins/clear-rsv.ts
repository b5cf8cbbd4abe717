import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Clears the RSV bits of what clients send, so that compressed messages are taken for plain ones. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({ up: perFrame(wire.toOrigin, (seen) => wire.toOrigin(again({ ...seen, rsv: 0 }))) }),
});
export default make;
