import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

const CLOSE = 8;

/** Hangs up where one side sends a Close frame: the other sees FIN, and no code. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    up: perFrame(wire.toOrigin, (seen) => (seen.opcode === CLOSE ? wire.drop() : wire.toOrigin(again(seen)))),
    down: perFrame(wire.toClient, (seen) =>
      seen.opcode === CLOSE ? wire.drop() : wire.toClient(again(seen)),
    ),
  }),
});
export default make;
