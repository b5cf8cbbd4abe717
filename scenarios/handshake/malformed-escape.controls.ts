import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  careless: {
    origin: wsOrigin(
      { title: 'ws that never answers malformed escapes' },
      { verifyClient: ({ req }, done) => void (!/%(?![0-9a-f]{2})/i.test(req.url!) && done(true)) },
    ),
  },
} satisfies Controls;
