import type { Controls } from '../../harness/testing/controls.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ECDHE alone', tls: { ciphers: 'ECDHE+AESGCM' } }) },
  careless: {
    origin: secureOrigin({ title: 'static RSA', tls: { ciphers: 'ECDHE+AESGCM:AES128-GCM-SHA256' } }),
  },
  caught: 'warn',
} satisfies Controls;
