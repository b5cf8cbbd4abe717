import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

const target = { headers: [['Authorization', 'Basic YW5uOnBhc3M=']] as const };

export default {
  sound: { origin: wsOrigin({ title: 'ws over TLS', tls: true }), target },
  careless: { origin: wsOrigin({ title: 'ws in the clear' }), target },
} satisfies Controls;
