import type { Controls } from '../../harness/testing/controls.js';
import { always, deflating, properly } from './testing/deflating.js';

export default {
  sound: { origin: deflating('compressing echo', properly) },
  careless: { origin: deflating('agrees to whatever is offered', always('permessage-deflate')) },
} satisfies Controls;
