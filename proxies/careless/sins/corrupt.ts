import { again, isData, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Flips a bit of the last octet of payloads that are longer than `over`. */
const make: MakeSin = ({ over }) => ({
  tunnel: (wire) => ({
    down: perFrame(wire.toClient, (seen) => {
      const payload = Buffer.from(seen.payload);
      if (isData(seen) && payload.length > over) payload[payload.length - 1]! ^= 1;
      wire.toClient(again(seen, payload));
    }),
  }),
});
export default make;
