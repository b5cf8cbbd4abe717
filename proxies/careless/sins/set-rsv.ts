import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Sets RSV1 in what servers send, which says that it is compressed. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({ down: perFrame(wire.toClient, (seen) => wire.toClient(again({ ...seen, rsv: 4 }))) }),
});
export default make;
