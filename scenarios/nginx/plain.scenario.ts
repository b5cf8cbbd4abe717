import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';

export default {
  title: 'nginx with a plain proxy_pass',
  origin: echo(),
  via: [nginx()],
  checks: ['opening', 'fallback'],
  expect: {
    'opening/upgrade': {
      outcome: 'fail',
      because: 'nginx without proxy_set_header Upgrade drops Upgrade, which is hop-by-hop',
    },
    'opening/headers-kept': {
      outcome: 'fail',
      because:
        'nginx without proxy_set_header Upgrade drops Upgrade and puts its own Connection in its place',
    },
    'opening/http-version': {
      outcome: 'fail',
      because: 'nginx speaks HTTP/1.0 to its upstream unless told otherwise',
    },
    'fallback/sse-delay': { outcome: 'fail', because: 'proxy_buffering is on by default' },
  },
} satisfies Scenario;
