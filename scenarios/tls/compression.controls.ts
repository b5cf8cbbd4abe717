import type { Controls } from '../../harness/testing/controls.js';
import { offerOf, serverHello } from './testing/feigned.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: {
    origin: secureOrigin({
      title: 'DEFLATE',
      instead: (first) =>
        offerOf(first)?.compression.includes(1) ? serverHello({ suite: 0x002f, compression: 1 }) : undefined,
    }),
  },
} satisfies Controls;
