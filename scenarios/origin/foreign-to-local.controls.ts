import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { exact, PAGE } from './testing/judging.js';

export default {
  sound: { origin: exact, target: PAGE },
  careless: { origin: wsOrigin({ title: 'ws as it comes' }), target: PAGE },
} satisfies Controls;
