import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'nginx that forwards Upgrade',
  origin: echo(),
  via: [nginx({ websocket: true })],
  checks: ['opening', 'masking', 'limits', 'cross-protocol', 'fallback'],
} satisfies Scenario;
