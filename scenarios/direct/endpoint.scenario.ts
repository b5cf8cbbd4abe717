import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';

export default {
  title: 'The echo origin, audited as any endpoint is',
  origin: echo(),
  via: [],
  // Without floods (exhaustion, deflate, fragments): they would disturb what is timed at other places meanwhile.
  checks: [
    'auth',
    'caching',
    'closing',
    'framing',
    'handshake',
    'leaks',
    'origin',
    'proxied',
    'smuggling',
    'subprotocol',
    'utf8',
  ],
  expect: {
    'origin/foreign-to-local': {
      outcome: 'fail',
      because: 'the echo origin is for tests on this machine, and lets every page in',
    },
  },
} satisfies Scenario;
