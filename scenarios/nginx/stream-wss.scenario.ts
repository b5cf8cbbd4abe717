import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'nginx relays TCP that carries TLS',
  origin: echo({ tls: true }),
  via: [nginx({ stream: true })],
  checks: ['opening', 'wss'],
} satisfies Scenario;
