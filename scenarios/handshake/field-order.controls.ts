import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  careless: {
    origin: wsOrigin(
      { title: 'ws that wants Host first' },
      { verifyClient: ({ req }, done) => done(req.rawHeaders[0] === 'Host', 400) },
    ),
  },
} satisfies Controls;
