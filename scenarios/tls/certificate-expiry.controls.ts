import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';

export default {
  sound: { origin: echo({ tls: true }) },
  careless: { origin: { ...echo({ certificate: 'expired' }), title: 'a certificate that has expired' } },
} satisfies Controls;
