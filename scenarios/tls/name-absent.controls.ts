import type { Controls } from '../../harness/testing/controls.js';
import { forUnknown } from './testing/certificates.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: { origin: secureOrigin({ title: 'a default certificate of another tenant', tls: forUnknown }) },
  caught: 'warn',
} satisfies Controls;
