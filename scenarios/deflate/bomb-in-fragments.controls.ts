import type { Controls } from '../../harness/testing/controls.js';
import { inflating } from './testing/inflating.js';

export default {
  sound: { origin: inflating('ws with compression and a limit of 1 MiB', 1) },
  careless: { origin: inflating('ws with compression and a limit of 100 MiB', 100) },
} satisfies Controls;
