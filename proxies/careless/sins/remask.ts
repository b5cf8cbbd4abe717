import { frame } from '../../../harness/protocol/index.js';
import { perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Unmasks what clients send and masks it anew, whether it was masked or not. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    up: perFrame(wire.toOrigin, ({ fin, rsv, opcode, payload }) =>
      wire.toOrigin(frame({ fin, rsv, opcode, payload, mask: true })),
    ),
  }),
});
export default make;
