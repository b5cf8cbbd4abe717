import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid opens the TLS inside CONNECT',
  origin: echo({ tls: true }),
  via: [squid({ mode: 'inspect' })],
  checks: ['opening', 'wss'],
} satisfies Scenario;
