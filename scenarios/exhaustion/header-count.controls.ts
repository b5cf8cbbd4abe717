import type { Controls } from '../../harness/testing/controls.js';
import { fragile } from '../../harness/testing/fragile.js';

export default {
  sound: { origin: fragile({ title: 'ws' }) },
  careless: {
    origin: fragile({
      title: 'a server that falls where no Upgrade is among the fields',
      fatal: ({ headers }) => headers.upgrade === undefined,
    }),
  },
} satisfies Controls;
