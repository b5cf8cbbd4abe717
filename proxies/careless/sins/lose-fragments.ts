import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

const CONTINUATION = 0;

/** Loses fragments of what servers send that are neither the first nor the last. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    down: perFrame(
      wire.toClient,
      (seen) => (seen.opcode !== CONTINUATION || seen.fin) && wire.toClient(again(seen)),
    ),
  }),
});
export default make;
