import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid with the ACLs that it ships: CONNECT leads to port 443 alone',
  origin: echo(),
  via: [squid()],
  checks: ['opening', 'fallback', 'cross-protocol'],
  expect: {
    'opening/upgrade': {
      outcome: 'fail',
      because: 'the ACLs that Squid ships let CONNECT lead to port 443 alone',
    },
    'fallback/connect-tunnel': {
      outcome: 'fail',
      because: 'the ACLs that Squid ships let CONNECT lead to port 443 alone',
    },
  },
} satisfies Scenario;
