import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';
import { squid } from '../../proxies/squid/index.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'Squid by CONNECT, Toxiproxy, nginx',
  origin: echo(),
  via: [squid({ connect: 'any' }), toxiproxy(), nginx({ websocket: true })],
  checks: ['opening', 'masking', 'limits', 'fallback/carries'],
} satisfies Scenario;
