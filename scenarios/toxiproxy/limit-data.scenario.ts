import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'Toxiproxy cuts after 4096 octets',
  origin: echo(),
  via: [toxiproxy({ toxics: [{ type: 'limit_data', attributes: { bytes: 4096 } }] })],
  checks: ['opening', 'limits', 'fallback/carries'],
  expect: {
    'limits/size-1-mib': { outcome: 'fail', because: 'the connection is cut after 4096 octets' },
    'limits/size-65535': { outcome: 'fail', because: 'the connection is cut after 4096 octets' },
    'limits/size-65536': { outcome: 'fail', because: 'the connection is cut after 4096 octets' },
  },
} satisfies Scenario;
