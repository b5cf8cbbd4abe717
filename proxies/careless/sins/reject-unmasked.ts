import { closePayload, frame } from '../../../harness/protocol/index.js';
import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** No sin but a stricter hop than most: it closes a connection over an unmasked frame itself (RFC 6455 §5.1). */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    up: perFrame(wire.toOrigin, (seen) => {
      if (seen.mask) return wire.toOrigin(again(seen));
      wire.toClient(frame({ opcode: 'close', payload: closePayload(1002) }));
      wire.drop();
    }),
  }),
});
export default make;
