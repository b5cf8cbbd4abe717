import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { mockttp } from '../../proxies/mockttp/index.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'mockttp inspects what goes to an nginx that ends TLS',
  origin: echo(),
  via: [mockttp(), nginx({ websocket: true, tls: true })],
  checks: ['opening', 'wss'],
  expect: {
    'wss/issuer': { outcome: 'fail', because: 'mockttp shows certificates of an inspection CA of its own' },
    'opening/answer-headers': {
      outcome: 'fail',
      because: 'mockttp writes the 101 anew, with the fields of the handshake alone',
    },
  },
} satisfies Scenario;
