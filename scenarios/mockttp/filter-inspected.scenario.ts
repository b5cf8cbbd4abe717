import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { mockttp } from '../../proxies/mockttp/index.js';

export default {
  title: 'The same filter before wss that it inspects',
  origin: echo({ tls: true }),
  via: [mockttp({ block: 'gauntlet-forbidden' })],
  checks: ['wss/content-inspection'],
  expect: {
    'wss/content-inspection': { outcome: 'fail', because: 'the filter reads what it inspects' },
  },
} satisfies Scenario;
