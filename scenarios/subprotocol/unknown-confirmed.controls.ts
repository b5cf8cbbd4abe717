import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  sound: { origin: wsOrigin({ title: 'ws with a list' }, { handleProtocols: () => false }) },
  careless: { origin: wsOrigin({ title: 'ws' }) },
  caught: 'warn',
} satisfies Controls;
