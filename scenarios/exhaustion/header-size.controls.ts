import type { Controls } from '../../harness/testing/controls.js';
import { fragile } from '../../harness/testing/fragile.js';

export default {
  careless: {
    origin: fragile({ title: 'ws that takes heads of 1 MiB', http: { maxHeaderSize: 1024 * 1024 } }),
  },
} satisfies Controls;
