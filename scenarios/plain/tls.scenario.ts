import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { passing } from '../../proxies/plain/index.js';

export default {
  title: 'A plain proxy with TLS in front',
  origin: echo(),
  via: [passing({ tls: true })],
  checks: ['opening', 'wss'],
} satisfies Scenario;
