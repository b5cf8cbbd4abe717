import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid with a read_timeout of two seconds',
  origin: echo(),
  via: [squid({ connect: 'any', readTimeout: '2s' })],
  checks: ['keepalive'],
  expect: {
    'keepalive/idle-survives': { outcome: 'fail', because: 'read_timeout is two seconds' },
  },
} satisfies Scenario;
