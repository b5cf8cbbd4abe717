import type { Controls } from '../../harness/testing/controls.js';
import { plain, strictHeads } from './testing/timed.js';

export default {
  sound: { origin: strictHeads },
  careless: { origin: plain },
  caught: 'info',
} satisfies Controls;
