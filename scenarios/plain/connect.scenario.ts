import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { forwarding } from '../../proxies/plain/index.js';

export default {
  title: 'A plain forward proxy, asked by CONNECT',
  origin: echo(),
  via: [forwarding()],
  checks: ['opening', 'masking', 'limits', 'cross-protocol'],
} satisfies Scenario;
