import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';

export default {
  title: 'No hop at all, in clear',
  origin: echo(),
  via: [],
  checks: ['opening', 'masking', 'limits', 'keepalive', 'fallback'],
} satisfies Scenario;
