import { again, isData, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

const PIECE = 5;

/** No sin: sends in small fragments what servers send whole, as a hop may. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    down: perFrame(wire.toClient, (seen) => {
      const { opcode, payload, fin } = seen;
      if (!isData(seen) || payload.length > 1000) return wire.toClient(again(seen));
      for (let at = 0; at === 0 || at < payload.length; at += PIECE) {
        const piece = { ...seen, opcode: at === 0 ? opcode : 0, fin: fin && at + PIECE >= payload.length };
        wire.toClient(again(piece, payload.subarray(at, at + PIECE)));
      }
    }),
  }),
});
export default make;
