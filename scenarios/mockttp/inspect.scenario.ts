import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { mockttp } from '../../proxies/mockttp/index.js';

export default {
  title: 'mockttp opens the TLS inside CONNECT',
  origin: echo({ tls: true }),
  via: [mockttp()],
  checks: ['opening', 'limits', 'wss'],
  expect: {
    'opening/answer-headers': {
      outcome: 'fail',
      because: 'mockttp writes the 101 anew, with the fields of the handshake alone',
    },
  },
} satisfies Scenario;
