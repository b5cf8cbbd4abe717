import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid peeks at the SNI and splices',
  origin: echo({ tls: true }),
  via: [squid({ mode: 'splice' })],
  checks: ['opening', 'wss'],
} satisfies Scenario;
