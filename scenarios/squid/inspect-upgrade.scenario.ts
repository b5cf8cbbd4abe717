import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid opens the TLS inside CONNECT and lets Upgrade pass',
  origin: echo({ tls: true }),
  via: [squid({ mode: 'inspect', upgrade: true })],
  checks: ['opening', 'masking', 'limits', 'wss'],
  expect: {
    'wss/end-to-end': { outcome: 'fail', because: 'Squid opens the TLS, as it is here to do' },
    'opening/case-insensitive': {
      outcome: 'fail',
      because: 'Squid compares the names of http_upgrade_request_protocols case-sensitively',
    },
  },
} satisfies Scenario;
