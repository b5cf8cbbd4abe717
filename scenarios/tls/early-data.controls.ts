import type { Controls } from '../../harness/testing/controls.js';
import { sServer } from './testing/s-server.js';

export default {
  sound: { origin: sServer('openssl s_server', []) },
  careless: {
    origin: sServer('openssl s_server with early data', ['-early_data', '-max_early_data', '16384']),
  },
  caught: 'warn',
} satisfies Controls;
