import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Passes no unmasked frame of a client on, and says nothing. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    up: perFrame(wire.toOrigin, (seen) => void (seen.mask && wire.toOrigin(again(seen)))),
  }),
});
export default make;
