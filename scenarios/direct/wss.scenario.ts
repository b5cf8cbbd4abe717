import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';

export default {
  title: 'No hop at all, over TLS',
  origin: echo({ tls: true }),
  via: [],
  checks: ['opening', 'masking', 'limits', 'wss'],
} satisfies Scenario;
