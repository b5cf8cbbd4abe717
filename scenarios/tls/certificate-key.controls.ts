import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';

export default {
  sound: { origin: echo({ tls: true }) },
  careless: { origin: { ...echo({ certificate: 'weak-key' }), title: 'a key of 1024 bits' } },
} satisfies Controls;
