import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';
import { dropsUpgrade } from './known.js';

export default {
  title: 'Squid as accelerator',
  origin: echo(),
  via: [squid({ mode: 'accelerator' })],
  checks: ['opening', 'fallback'],
  expect: dropsUpgrade,
} satisfies Scenario;
