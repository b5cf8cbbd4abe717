import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { mockttp } from '../../proxies/mockttp/index.js';

export default {
  title: 'A content filter reads ws in clear',
  origin: echo(),
  via: [mockttp({ block: 'gauntlet-forbidden' })],
  checks: ['wss/content-inspection'],
  expect: {
    'wss/content-inspection': { outcome: 'fail', because: 'what is not encrypted the filter reads' },
  },
} satisfies Scenario;
