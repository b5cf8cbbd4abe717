import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';

export default {
  title: 'Squid as forward proxy, asked by GET, Upgrade allowed',
  origin: echo(),
  via: [squid({ method: 'GET', upgrade: true })],
  checks: ['opening', 'masking', 'limits', 'cross-protocol'],
  expect: {
    'opening/case-insensitive': {
      outcome: 'fail',
      because: 'Squid compares the names of http_upgrade_request_protocols case-sensitively',
    },
  },
} satisfies Scenario;
