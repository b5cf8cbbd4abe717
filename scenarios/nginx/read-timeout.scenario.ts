import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'nginx with a proxy_read_timeout of a second',
  origin: echo(),
  via: [nginx({ websocket: true, readTimeout: '1s' })],
  checks: ['keepalive', 'fallback/long-poll-held'],
  expect: {
    'keepalive/idle-survives': { outcome: 'fail', because: 'proxy_read_timeout is a second' },
    'fallback/long-poll-held': {
      outcome: 'fail',
      because: 'proxy_read_timeout is shorter than the poll is held',
    },
  },
} satisfies Scenario;
