import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { queued } from './testing/queued.js';

export default {
  sound: { origin: wsOrigin({ title: 'ws with compression' }, { perMessageDeflate: true }) },
  careless: { origin: queued({ perMessageDeflate: true }) },
} satisfies Controls;
