import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { passing } from '../../proxies/plain/index.js';

export default {
  title: 'A plain proxy that cuts silent tunnels after a second',
  origin: echo(),
  via: [passing({ idleMs: '1s' })],
  checks: ['keepalive'],
  expect: {
    'keepalive/idle-survives': { outcome: 'fail', because: 'it cuts silent tunnels after a second' },
  },
} satisfies Scenario;
