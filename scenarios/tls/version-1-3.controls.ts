import type { Controls } from '../../harness/testing/controls.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: { origin: secureOrigin({ title: 'TLS 1.2 at best', tls: { maxVersion: 'TLSv1.2' } }) },
  caught: 'warn',
} satisfies Controls;
