import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';

export default {
  sound: { origin: echo({ tls: true }) },
  careless: { origin: { ...echo({ certificate: 'wrong-name' }), title: 'a certificate for another name' } },
} satisfies Controls;
