import { again, isData, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Sends what is longer than so many octets to the client twice. */
const make: MakeSin = ({ over }) => ({
  tunnel: (wire) => ({
    down: perFrame(wire.toClient, (seen) => {
      wire.toClient(again(seen));
      if (isData(seen) && seen.payload.length > over) wire.toClient(again(seen));
    }),
  }),
});
export default make;
