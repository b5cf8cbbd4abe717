import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'nginx with a plain proxy_pass',
  origin: echo(),
  via: [nginx()],
  checks: ['opening', 'fallback'],
} satisfies Scenario;
