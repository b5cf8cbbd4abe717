import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';

export default {
  sound: { origin: echo({ tls: true }) },
  careless: { origin: { ...echo({ certificate: 'untrusted' }), title: 'a certificate of a strange CA' } },
} satisfies Controls;
