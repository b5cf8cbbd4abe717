import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'Toxiproxy adds latency and jitter',
  origin: echo(),
  via: [toxiproxy({ toxics: [{ type: 'latency', attributes: { latency: 100, jitter: 50 } }] })],
  checks: ['opening', 'limits'],
} satisfies Scenario;
