import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

const CLOSE = 8;

/** Makes 1000 of every code that a server closes with. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    down: perFrame(wire.toClient, (seen) =>
      wire.toClient(seen.opcode === CLOSE ? again(seen, Buffer.of(3, 232)) : again(seen)),
    ),
  }),
});
export default make;
