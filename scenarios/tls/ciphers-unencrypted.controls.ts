import type { Controls } from '../../harness/testing/controls.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: { origin: secureOrigin({ title: 'ws over https' }) },
  careless: {
    origin: secureOrigin({
      title: 'ciphers without encryption',
      tls: { ciphers: 'ALL:eNULL:@SECLEVEL=0' },
    }),
  },
} satisfies Controls;
