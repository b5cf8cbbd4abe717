import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { backpressure } from './testing/backpressure.js';

export default {
  sound: { origin: backpressure },
  careless: { origin: wsOrigin({ title: 'ws' }) },
  caught: 'warn',
} satisfies Controls;
