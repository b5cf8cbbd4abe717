import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';
import { comparesCase } from './known.js';

export default {
  title: 'Squid opens the TLS inside CONNECT and lets Upgrade pass',
  origin: echo({ tls: true }),
  via: [squid({ mode: 'inspect', upgrade: true })],
  checks: ['opening', 'masking', 'limits', 'wss'],
  expect: {
    'wss/end-to-end': { outcome: 'fail', because: 'Squid opens the TLS, as it is here to do' },
    ...comparesCase,
  },
} satisfies Scenario;
