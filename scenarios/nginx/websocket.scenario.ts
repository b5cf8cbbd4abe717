import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'nginx that forwards Upgrade',
  origin: echo(),
  via: [nginx({ websocket: true })],
  checks: ['opening', 'masking', 'limits', 'cross-protocol', 'fallback'],
  expect: {
    'cross-protocol/h2c': {
      outcome: 'fail',
      because: 'the configuration that nginx documents for WebSocket passes on whatever Upgrade says',
    },
    'cross-protocol/unasked-101': {
      outcome: 'fail',
      because:
        'nginx takes a 101 that it did not ask for for the head of an ordinary answer: it keeps it until there is more, or the end, and hands it on',
    },
  },
} satisfies Scenario;
