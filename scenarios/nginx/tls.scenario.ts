import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'nginx ends TLS: wss in front, ws behind',
  origin: echo(),
  via: [nginx({ websocket: true, tls: true })],
  checks: ['opening', 'masking', 'limits', 'wss'],
} satisfies Scenario;
