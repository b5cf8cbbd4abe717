import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { passing } from '../../proxies/plain/index.js';

export default {
  title: 'A plain proxy that passes Upgrade',
  origin: echo(),
  via: [passing()],
  checks: ['opening', 'masking', 'limits', 'cross-protocol', 'fallback'],
} satisfies Scenario;
