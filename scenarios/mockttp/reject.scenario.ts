import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { mockttp } from '../../proxies/mockttp/index.js';

export default {
  title: 'mockttp rejects every WebSocket',
  origin: echo({ tls: true }),
  via: [mockttp({ mode: 'reject' })],
  checks: ['opening/upgrade', 'fallback/carries'],
  expect: {
    'opening/upgrade': { outcome: 'fail', because: 'it rejects every WebSocket' },
  },
} satisfies Scenario;
