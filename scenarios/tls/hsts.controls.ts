import type { Controls } from '../../harness/testing/controls.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: {
    origin: secureOrigin({
      title: 'ws with HSTS',
      page: (_, response) =>
        response.writeHead(404, { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }).end(),
    }),
  },
  careless: {
    origin: secureOrigin({ title: 'ws without HSTS', page: (_, response) => response.writeHead(404).end() }),
  },
} satisfies Controls;
