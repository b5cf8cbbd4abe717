import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  sound: { origin: wsOrigin({ title: 'ws' }) },
  careless: { origin: wsOrigin({ title: 'ws with compression' }, { perMessageDeflate: true }) },
  caught: 'info',
} satisfies Controls;
