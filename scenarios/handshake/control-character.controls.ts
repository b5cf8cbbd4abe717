import type { Controls } from '../../harness/testing/controls.js';
import { onParser } from './testing/lenient.js';

export default {
  sound: { origin: onParser(false) },
  careless: { origin: onParser(true) },
  caught: 'warn',
} satisfies Controls;
