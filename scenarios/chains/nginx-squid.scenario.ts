import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { nginx } from '../../proxies/nginx/index.js';
import { squid } from '../../proxies/squid/index.js';
import { comparesCase } from '../squid/known.js';

export default {
  title: 'nginx in front of a Squid accelerator',
  origin: echo(),
  via: [nginx({ websocket: true }), squid({ mode: 'accelerator', upgrade: true })],
  checks: ['opening', 'masking', 'limits', 'cross-protocol'],
  expect: comparesCase,
} satisfies Scenario;
