import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { mockttp } from '../../proxies/mockttp/index.js';

export default {
  title: 'A content filter reads ws in clear',
  origin: echo(),
  via: [mockttp({ block: 'gauntlet-forbidden' })],
  checks: ['wss/content-inspection'],
} satisfies Scenario;
