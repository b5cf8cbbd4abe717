import type { Controls } from '../../harness/testing/controls.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: { origin: secureOrigin({ title: 'no ALPN', tls: { ALPNProtocols: [] } }) },
  caught: 'warn',
} satisfies Controls;
