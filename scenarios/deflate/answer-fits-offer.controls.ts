import type { Controls } from '../../harness/testing/controls.js';
import { always, deflating, properly } from './testing/deflating.js';

export default {
  sound: { origin: deflating('compressing echo', properly) },
  careless: {
    origin: deflating('always asks for a window', always('permessage-deflate; client_max_window_bits=12')),
  },
} satisfies Controls;
