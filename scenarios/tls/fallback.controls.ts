import type { Controls } from '../../harness/testing/controls.js';
import { offerOf, serverHello } from './testing/feigned.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: {
    origin: secureOrigin({
      title: 'falls back',
      instead: (first) =>
        offerOf(first)?.version === 0x0302 ? serverHello({ version: 0x0302, suite: 0x002f }) : undefined,
    }),
  },
} satisfies Controls;
