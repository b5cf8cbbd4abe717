import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';

export default {
  title: 'No hop at all, over TLS',
  origin: echo({ tls: true }),
  via: [],
  checks: ['opening', 'masking', 'limits', 'wss'],
  expect: {
    'wss/cert-cn-only': {
      outcome: 'fail',
      because: 'Node.js takes a name in the common name where there is no subjectAltName',
    },
    'wss/cert-weak-key': {
      outcome: 'fail',
      because: 'OpenSSL as Node.js has it takes RSA keys of 1024 bits',
    },
  },
} satisfies Scenario;
