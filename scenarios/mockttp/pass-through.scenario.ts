import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { mockttp } from '../../proxies/mockttp/index.js';

export default {
  title: 'mockttp passes TLS through',
  origin: echo({ tls: true }),
  via: [mockttp({ mode: 'pass-through' })],
  checks: ['opening', 'wss'],
} satisfies Scenario;
