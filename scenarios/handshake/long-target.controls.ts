import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  careless: {
    origin: wsOrigin(
      { title: 'ws that never answers long targets' },
      { verifyClient: ({ req }, done) => void (req.url!.length < 4096 && done(true)) },
    ),
  },
} satisfies Controls;
