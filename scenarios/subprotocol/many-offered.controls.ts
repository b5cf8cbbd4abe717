import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  careless: {
    origin: wsOrigin(
      { title: 'ws that never answers long lists' },
      {
        verifyClient: ({ req }, done) =>
          void ((req.headers['sec-websocket-protocol'] ?? '').length < 1000 && done(true)),
      },
    ),
  },
} satisfies Controls;
