import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

const PONG = 10;

/** Lets no pong of a client through. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    up: perFrame(wire.toOrigin, (seen) => seen.opcode !== PONG && wire.toOrigin(again(seen))),
  }),
});
export default make;
