import type { Controls } from '../../harness/testing/controls.js';
import { offerOf, serverHello } from './testing/feigned.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: {
    origin: secureOrigin({
      title: 'no extended master secret',
      instead: (first) =>
        offerOf(first)?.suites.includes(0x1301) ? undefined : serverHello({ suite: 0x002f }),
    }),
  },
  caught: 'warn',
} satisfies Controls;
