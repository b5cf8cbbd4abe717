import { frame } from '../../../harness/protocol/index.js';
import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

const PING = 9;

/** Answers pings by itself, so that they prove nothing of the far end. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    up: perFrame(wire.toOrigin, (seen) =>
      seen.opcode === PING
        ? wire.toClient(frame({ opcode: 'pong', payload: seen.payload }))
        : wire.toOrigin(again(seen)),
    ),
    down: perFrame(wire.toClient, (seen) =>
      seen.opcode === PING
        ? wire.toOrigin(frame({ opcode: 'pong', payload: seen.payload, mask: true }))
        : wire.toClient(again(seen)),
    ),
  }),
});
export default make;
