import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid as forward proxy, asked by GET',
  origin: echo(),
  via: [squid({ method: 'GET' })],
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
    'fallback/connect-tunnel': {
      outcome: 'fail',
      because: 'the ACLs that Squid ships let CONNECT lead to port 443 alone',
    },
  },
} satisfies Scenario;
