import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Masks what servers send, which no client may take. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    down: perFrame(wire.toClient, (seen) => wire.toClient(again({ ...seen, mask: Buffer.of(1, 2, 3, 4) }))),
  }),
});
export default make;
