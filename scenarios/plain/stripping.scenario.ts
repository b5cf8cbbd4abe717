import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { stripping } from '../../proxies/plain/index.js';

export default {
  title: 'A plain proxy that strips Upgrade',
  origin: echo(),
  via: [stripping()],
  checks: ['opening', 'fallback'],
} satisfies Scenario;
