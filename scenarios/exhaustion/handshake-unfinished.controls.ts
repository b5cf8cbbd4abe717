import type { Controls } from '../../harness/testing/controls.js';
import { patientHeads, strictHeads } from './testing/timed.js';

export default {
  sound: { origin: strictHeads },
  careless: { origin: patientHeads },
  caught: 'info',
} satisfies Controls;
