import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'A slow path to an nginx with a read timeout',
  origin: echo(),
  via: [
    toxiproxy({ toxics: [{ type: 'latency', attributes: { latency: 50 } }] }),
    nginx({ websocket: true, readTimeout: '2s' }),
  ],
  checks: ['keepalive', 'limits'],
  expect: {
    'keepalive/idle-survives': { outcome: 'fail', because: 'proxy_read_timeout of the nginx is two seconds' },
  },
} satisfies Scenario;
