import type { Controls } from '../../harness/testing/controls.js';
import { deflating, properly } from './testing/deflating.js';

export default {
  sound: { origin: deflating('compressing echo', properly) },
  careless: {
    origin: deflating('agrees to a window and uses another', (offer) => ({
      ...properly(offer),
      does: { serverBits: 15 },
    })),
  },
} satisfies Controls;
