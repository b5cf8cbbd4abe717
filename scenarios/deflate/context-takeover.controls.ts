import type { Controls } from '../../harness/testing/controls.js';
import { deflating, properly } from './testing/deflating.js';

export default {
  sound: { origin: deflating('compressing echo', properly) },
  careless: {
    origin: deflating('agrees to no context and keeps it', (offer) => ({
      ...properly(offer),
      does: { serverTakeover: true },
    })),
  },
} satisfies Controls;
