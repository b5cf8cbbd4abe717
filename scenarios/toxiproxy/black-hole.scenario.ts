import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { blackHole, toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'A path that swallows everything',
  origin: echo(),
  via: [toxiproxy(blackHole())],
  checks: ['opening', 'fallback/carries'],
  expect: {
    'fallback/carries': { outcome: 'fail', because: 'nothing carries over such a path' },
    'opening/upgrade': { outcome: 'fail', because: 'nothing passes' },
  },
} satisfies Scenario;
