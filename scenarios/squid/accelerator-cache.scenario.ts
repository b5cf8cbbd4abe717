import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid as accelerator that caches',
  origin: echo(),
  via: [squid({ mode: 'accelerator', upgrade: true, cache: true })],
  checks: ['cross-protocol', 'fallback'],
} satisfies Scenario;
