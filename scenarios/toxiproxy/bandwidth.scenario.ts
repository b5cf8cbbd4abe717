import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'Toxiproxy narrows the path',
  origin: echo(),
  via: [toxiproxy({ toxics: [{ type: 'bandwidth', attributes: { rate: 1000 } }] })],
  checks: ['opening', 'limits'],
} satisfies Scenario;
