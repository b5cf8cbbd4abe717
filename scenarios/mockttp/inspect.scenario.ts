import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { mockttp } from '../../proxies/mockttp/index.js';

export default {
  title: 'mockttp opens the TLS inside CONNECT',
  origin: echo({ tls: true }),
  via: [mockttp()],
  checks: ['opening', 'limits', 'wss'],
  expect: {
    'wss/issuer': { outcome: 'fail', because: 'mockttp shows certificates of an inspection CA of its own' },
    'wss/end-to-end': { outcome: 'fail', because: 'it opens the TLS, as it is here to do' },
    'wss/sni-kept': {
      outcome: 'fail',
      because: 'mockttp sends no SNI to an upstream that is named by its address',
    },
    'opening/answer-headers': {
      outcome: 'fail',
      because: 'mockttp writes the 101 anew, with the fields of the handshake alone',
    },
  },
} satisfies Scenario;
