import type { Controls } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';

export default {
  careless: {
    origin: wsOrigin(
      { title: 'ws that folds the case' },
      { handleProtocols: (offered) => [...offered][0]!.toLowerCase() },
    ),
  },
} satisfies Controls;
