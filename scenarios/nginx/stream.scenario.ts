import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'nginx relays TCP',
  origin: echo(),
  via: [nginx({ stream: true })],
  checks: ['opening', 'masking', 'limits', 'cross-protocol'],
} satisfies Scenario;
