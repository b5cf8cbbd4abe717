import type { Controls } from '../../harness/testing/controls.js';
import { secureOrigin } from './testing/secure-origin.js';

export default {
  sound: {
    origin: secureOrigin({
      title: 'ws that knows its host',
      ws: {
        verifyClient: ({ req }: { req: { headers: { host?: string } } }) =>
          req.headers.host !== 'stranger.invalid',
      },
    }),
  },
  careless: { origin: secureOrigin({ title: 'ws for any host' }) },
  caught: 'warn',
} satisfies Controls;
