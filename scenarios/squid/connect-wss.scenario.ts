import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid as forward proxy, wss through CONNECT',
  origin: echo({ tls: true }),
  via: [squid({ connect: 'any' })],
  checks: ['opening', 'wss'],
} satisfies Scenario;
