import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid as accelerator',
  origin: echo(),
  via: [squid({ mode: 'accelerator' })],
  checks: ['opening', 'fallback'],
  expect: {
    'opening/upgrade': {
      outcome: 'fail',
      because: 'Squid without http_upgrade_request_protocols drops Upgrade, which is hop-by-hop',
    },
    'opening/headers-kept': {
      outcome: 'fail',
      because:
        'Squid without http_upgrade_request_protocols drops Upgrade and puts its own Connection in its place',
    },
  },
} satisfies Scenario;
