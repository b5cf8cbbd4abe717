import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'Toxiproxy drops what the client sends, and closes',
  origin: echo(),
  via: [toxiproxy({ toxics: [{ type: 'timeout', stream: 'upstream', attributes: { timeout: 300 } }] })],
  checks: ['opening', 'fallback/carries'],
  expect: {
    'fallback/carries': { outcome: 'fail', because: 'nothing carries over such a path' },
    'opening/upgrade': { outcome: 'fail', because: 'the request is swallowed' },
  },
} satisfies Scenario;
