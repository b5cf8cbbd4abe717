import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { mockttp } from '../../proxies/mockttp/index.js';

export default {
  title: 'mockttp opens the TLS inside CONNECT',
  origin: echo({ tls: true }),
  via: [mockttp()],
  checks: ['opening', 'limits', 'wss'],
} satisfies Scenario;
