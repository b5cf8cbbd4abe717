import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { blackHole, toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'A path that swallows everything',
  origin: echo(),
  via: [toxiproxy(blackHole())],
  checks: ['opening', 'fallback/carries'],
} satisfies Scenario;
