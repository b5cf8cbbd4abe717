import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';
import { comparesCase } from './known.js';

export default {
  title: 'Squid as accelerator, Upgrade allowed',
  origin: echo(),
  via: [squid({ mode: 'accelerator', upgrade: true })],
  checks: ['opening', 'masking', 'limits', 'cross-protocol'],
  expect: comparesCase,
} satisfies Scenario;
