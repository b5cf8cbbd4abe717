import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { halfOpen, toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'A path whose answers are swallowed',
  origin: echo(),
  via: [toxiproxy(halfOpen())],
  checks: ['opening', 'fallback/carries'],
  expect: {
    'fallback/carries': { outcome: 'fail', because: 'nothing carries over such a path' },
    'opening/upgrade': { outcome: 'fail', because: 'the answer is swallowed' },
    'opening/answer-headers': { outcome: 'fail', because: 'the answer is swallowed' },
    'opening/outcomes-told-apart': { outcome: 'fail', because: 'every answer is swallowed' },
  },
} satisfies Scenario;
