import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'Toxiproxy resets at the first data',
  origin: echo(),
  via: [toxiproxy({ toxics: [{ type: 'reset_peer' }] })],
  checks: ['opening', 'fallback/carries'],
  expect: {
    'fallback/carries': { outcome: 'fail', because: 'nothing carries over such a path' },
    'opening/upgrade': {
      outcome: 'fail',
      because: 'the answer is its first data, and resets the connection',
    },
    'opening/answer-headers': {
      outcome: 'fail',
      because: 'the answer is its first data, and resets the connection',
    },
    'opening/outcomes-told-apart': { outcome: 'fail', because: 'every answer resets the connection' },
  },
} satisfies Scenario;
