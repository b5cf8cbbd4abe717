import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { stripping } from '../../proxies/plain/index.js';

export default {
  title: 'A plain proxy that strips Upgrade',
  origin: echo(),
  via: [stripping()],
  checks: ['opening', 'fallback'],
  expect: {
    'opening/upgrade': { outcome: 'fail', because: 'a plain proxy drops Upgrade, which is hop-by-hop' },
    'opening/headers-kept': {
      outcome: 'fail',
      because: 'a plain proxy drops Upgrade and puts its own Connection in its place',
    },
  },
} satisfies Scenario;
