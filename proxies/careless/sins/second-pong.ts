import { frame } from '../../../harness/protocol/index.js';
import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

const PING = 9;

/** Answers the client's pings by itself and passes them on as well, so that two pongs come back. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    up: perFrame(wire.toOrigin, (seen) => {
      if (seen.opcode === PING) wire.toClient(frame({ opcode: 'pong', payload: seen.payload }));
      wire.toOrigin(again(seen));
    }),
  }),
});
export default make;
