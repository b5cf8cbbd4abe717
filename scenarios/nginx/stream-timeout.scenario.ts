import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'nginx relays TCP with a proxy_timeout of a second',
  origin: echo(),
  via: [nginx({ stream: true, streamTimeout: '1s' })],
  checks: ['keepalive'],
  expect: {
    'keepalive/idle-survives': { outcome: 'fail', because: 'proxy_timeout is a second' },
  },
} satisfies Scenario;
