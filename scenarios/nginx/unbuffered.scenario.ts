import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'nginx with a plain proxy_pass and without buffering',
  origin: echo(),
  via: [nginx({ buffering: false })],
  checks: ['fallback'],
} satisfies Scenario;
