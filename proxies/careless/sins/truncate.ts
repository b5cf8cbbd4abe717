import { again, isData, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Cuts payloads off after `over` octets. */
const make: MakeSin = ({ over }) => ({
  tunnel: (wire) => ({
    down: perFrame(wire.toClient, (seen) =>
      wire.toClient(again(seen, isData(seen) ? seen.payload.subarray(0, over) : seen.payload)),
    ),
  }),
});
export default make;
