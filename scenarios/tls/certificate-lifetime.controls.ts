import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';
import { signed } from './testing/certificates.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: echo({ tls: true }) },
  careless: { origin: secureOrigin({ title: 'made for ten years', tls: signed({ days: [-1, 3650] }) }) },
  caught: 'warn',
} satisfies Controls;
