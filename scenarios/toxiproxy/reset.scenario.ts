import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'Toxiproxy resets at the first data',
  origin: echo(),
  via: [toxiproxy({ toxics: [{ type: 'reset_peer' }] })],
  checks: ['opening', 'fallback/carries'],
} satisfies Scenario;
