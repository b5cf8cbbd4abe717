import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

const PING = 9;

/** Ends the connection over a ping of the server's. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    down: perFrame(wire.toClient, (seen) =>
      seen.opcode === PING ? wire.drop() : wire.toClient(again(seen)),
    ),
  }),
});
export default make;
