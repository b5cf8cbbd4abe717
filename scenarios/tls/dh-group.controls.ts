import type { Controls } from '../../harness/testing/controls.js';
import { parameters } from './testing/parameters.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: {
    origin: secureOrigin({
      title: 'a group of 2048 bits',
      tls: { dhparam: parameters('modp14'), ciphers: 'DHE+AESGCM:ECDHE+AESGCM' },
    }),
  },
  careless: {
    origin: secureOrigin({
      title: 'a group of 1024 bits',
      tls: { dhparam: parameters('modp2'), ciphers: 'DHE+AESGCM:ECDHE+AESGCM:@SECLEVEL=0' },
    }),
  },
} satisfies Controls;
