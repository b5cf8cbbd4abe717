import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';
import { dropsUpgrade } from './known.js';

export default {
  title: 'Squid as forward proxy, asked by GET',
  origin: echo(),
  via: [squid({ method: 'GET' })],
  checks: ['opening', 'fallback'],
  expect: {
    ...dropsUpgrade,
    'fallback/connect-tunnel': {
      outcome: 'fail',
      because: 'the ACLs that Squid ships let CONNECT lead to port 443 alone',
    },
  },
} satisfies Scenario;
