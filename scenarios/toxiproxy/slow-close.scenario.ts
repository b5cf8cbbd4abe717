import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'Toxiproxy delays the close',
  origin: echo(),
  via: [toxiproxy({ toxics: [{ type: 'slow_close', attributes: { delay: 300 } }] })],
  checks: ['opening', 'limits'],
} satisfies Scenario;
