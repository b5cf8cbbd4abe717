import { again, isData, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Lets no empty message through. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    up: perFrame(
      wire.toOrigin,
      (seen) => !(isData(seen) && seen.payload.length === 0) && wire.toOrigin(again(seen)),
    ),
  }),
});
export default make;
