import type { Controls } from '../../harness/testing/controls.js';
import { sServer } from './testing/s-server.js';

export default {
  sound: { origin: sServer('openssl s_server', ['-tls1_2']) },
  careless: {
    origin: sServer('openssl s_server with client renegotiation', ['-tls1_2', '-client_renegotiation']),
  },
  caught: 'warn',
} satisfies Controls;
