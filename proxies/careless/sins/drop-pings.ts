import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

const PING = 9;

/** Lets no ping through, in either direction, and answers none. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    up: perFrame(wire.toOrigin, (seen) => seen.opcode !== PING && wire.toOrigin(again(seen))),
    down: perFrame(wire.toClient, (seen) => seen.opcode !== PING && wire.toClient(again(seen))),
  }),
});
export default make;
