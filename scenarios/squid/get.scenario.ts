import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid as forward proxy, asked by GET',
  origin: echo(),
  via: [squid({ method: 'GET' })],
  checks: ['opening', 'fallback'],
} satisfies Scenario;
