import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { mockttp } from '../../proxies/mockttp/index.js';

export default {
  title: 'The same filter before wss that it passes through',
  origin: echo({ tls: true }),
  via: [mockttp({ mode: 'pass-through', block: 'gauntlet-forbidden' })],
  checks: ['wss/content-inspection'],
} satisfies Scenario;
