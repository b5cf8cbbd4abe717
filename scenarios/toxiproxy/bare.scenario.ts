import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'Toxiproxy without toxics',
  origin: echo(),
  via: [toxiproxy()],
  checks: ['opening', 'masking', 'limits', 'keepalive', 'fallback'],
} satisfies Scenario;
