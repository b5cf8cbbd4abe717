import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  sound: {
    origin: wsOrigin(
      { title: 'ws that refuses chunks' },
      { verifyClient: ({ req }, done) => done(!req.headers['transfer-encoding'], 400) },
    ),
  },
  careless: { origin: wsOrigin({ title: 'ws' }) },
} satisfies Controls;
