import { again, perFrame } from '../frames.js';
import type { MakeSin } from '../sin.js';

/** Unmasks what clients send, which no server may take. */
const make: MakeSin = () => ({
  tunnel: (wire) => ({
    up: perFrame(wire.toOrigin, (seen) => {
      const { mask: _key, ...unmasked } = seen;
      wire.toOrigin(again(unmasked));
    }),
  }),
});
export default make;
