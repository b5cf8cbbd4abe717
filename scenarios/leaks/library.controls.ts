import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  careless: { origin: wsOrigin({ title: 'ws as it comes' }) },
  caught: 'info',
} satisfies Controls;
