import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid by CONNECT to an nginx that ends TLS',
  origin: echo(),
  via: [squid({ connect: 'any' }), nginx({ websocket: true, tls: true })],
  checks: ['opening', 'wss', 'limits'],
} satisfies Scenario;
