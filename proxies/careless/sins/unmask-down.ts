import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Unmasks what a server masked, which hides from clients that it did. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    down: perFrame(wire.toClient, (seen) => {
      const { mask: _key, ...unmasked } = seen;
      wire.toClient(again(unmasked));
    }),
  }),
});
export default make;
