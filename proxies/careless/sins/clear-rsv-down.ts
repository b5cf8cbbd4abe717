import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Clears the RSV bits of what servers send, so that compressed messages are taken for plain ones. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({ down: perFrame(wire.toClient, (seen) => wire.toClient(again({ ...seen, rsv: 0 }))) }),
});
export default make;
