import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { cutAfter, toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'A path that cuts every connection within two seconds',
  origin: echo(),
  via: [toxiproxy(cutAfter('2s'))],
  checks: ['keepalive/idle-cut', 'fallback/nothing-lost'],
} satisfies Scenario;
