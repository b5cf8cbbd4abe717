import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid as forward proxy, CONNECT allowed',
  origin: echo(),
  via: [squid({ connect: 'any' })],
  checks: ['opening', 'masking', 'limits', 'fallback'],
} satisfies Scenario;
