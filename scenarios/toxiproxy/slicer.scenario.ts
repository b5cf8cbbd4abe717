import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'Toxiproxy slices the stream',
  origin: echo(),
  via: [
    toxiproxy({
      toxics: [{ type: 'slicer', attributes: { average_size: 64, size_variation: 32, delay: 10 } }],
    }),
  ],
  checks: ['opening', 'limits/fragmented', 'limits/close', 'fallback'],
} satisfies Scenario;
