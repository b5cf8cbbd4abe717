import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  sound: {
    origin: wsOrigin(
      { title: 'ws that compares hosts' },
      {
        verifyClient: ({ req }, done) =>
          done(new URL(req.url!, `http://${req.headers.host}`).host === req.headers.host, 421),
      },
    ),
  },
  careless: { origin: wsOrigin({ title: 'ws' }) },
  caught: 'warn',
} satisfies Controls;
