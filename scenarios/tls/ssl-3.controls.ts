import type { Controls } from '../../harness/testing/controls.js';
import { offerOf, serverHello } from './testing/feigned.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: {
    origin: secureOrigin({
      title: 'SSL 3.0',
      instead: (first) =>
        offerOf(first)?.version === 0x0300
          ? serverHello({ version: 0x0300, suite: 0x002f, extensions: [] })
          : undefined,
    }),
  },
} satisfies Controls;
