import type { Controls } from '../../harness/testing/controls.js';
import { heartbeat, plain } from './testing/timed.js';

export default {
  sound: { origin: heartbeat },
  careless: { origin: plain },
  caught: 'info',
} satisfies Controls;
