import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  sound: {
    origin: wsOrigin(
      { title: 'ws that refuses fragments' },
      { verifyClient: ({ req }, done) => done(!req.url!.includes('#'), 400) },
    ),
  },
  careless: { origin: wsOrigin({ title: 'ws' }) },
  caught: 'warn',
} satisfies Controls;
