import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid as accelerator that caches',
  origin: echo(),
  via: [squid({ mode: 'accelerator', upgrade: true, cache: true })],
  checks: ['cross-protocol', 'fallback'],
  expect: {
    'cross-protocol/cached-handshake': {
      outcome: 'fail',
      because:
        'Squid passes over Upgrade and answers a handshake with the page that it keeps of the same URL',
    },
  },
} satisfies Scenario;
