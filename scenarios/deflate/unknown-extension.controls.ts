import type { Controls } from '../../harness/testing/controls.js';
import { deflating, properly } from './testing/deflating.js';

export default {
  sound: { origin: deflating('compressing echo', properly) },
  careless: {
    origin: deflating('repeats what it is offered', (offer) => ({ ...properly(''), answer: offer })),
  },
} satisfies Controls;
