import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { forwarding } from '../../proxies/plain/index.js';

export default {
  title: 'A plain forward proxy, wss through CONNECT',
  origin: echo({ tls: true }),
  via: [forwarding()],
  checks: ['opening', 'wss'],
} satisfies Scenario;
