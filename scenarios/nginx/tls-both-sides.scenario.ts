import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'nginx between wss and wss',
  origin: echo({ tls: true }),
  via: [nginx({ websocket: true, tls: true })],
  checks: ['opening', 'wss'],
} satisfies Scenario;
