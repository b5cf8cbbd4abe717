import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { halfOpen, toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'A path whose answers are swallowed',
  origin: echo(),
  via: [toxiproxy(halfOpen())],
  checks: ['opening', 'fallback/carries'],
} satisfies Scenario;
