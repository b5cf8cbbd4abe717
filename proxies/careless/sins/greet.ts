import { frame } from '../../../harness/protocol/index.js';
import type { MakeSin } from '../sin.js';

/** Says something of its own to every client first. */
const make: MakeSin = () => ({
  tunnel(wire) {
    let greeted = false;
    return {
      up(octets) {
        if (!greeted) wire.toClient(frame({ opcode: 'text', payload: 'brought to you by a hop' }));
        greeted = true;
        wire.toOrigin(octets);
      },
    };
  },
});
export default make;
