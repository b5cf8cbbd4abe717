import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  careless: {
    origin: wsOrigin(
      { title: 'ws that never answers long fields' },
      { verifyClient: ({ req }, done) => void (!req.headers['x-gauntlet'] && done(true)) },
    ),
  },
} satisfies Controls;
