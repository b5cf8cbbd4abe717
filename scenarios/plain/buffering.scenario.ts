import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { passing } from '../../proxies/plain/index.js';

export default {
  title: 'A plain proxy that holds answers back',
  origin: echo(),
  via: [passing({ buffering: true })],
  checks: ['fallback'],
  expect: {
    'fallback/sse-delay': { outcome: 'fail', because: 'it holds answers back until they are complete' },
    'fallback/sse-unbuffered': { outcome: 'fail', because: 'it does not know X-Accel-Buffering' },
  },
} satisfies Scenario;
