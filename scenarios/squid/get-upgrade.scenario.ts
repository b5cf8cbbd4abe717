import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';
import { comparesCase } from './known.js';

export default {
  title: 'Squid as forward proxy, asked by GET, Upgrade allowed',
  origin: echo(),
  via: [squid({ method: 'GET', upgrade: true })],
  checks: ['opening', 'masking', 'limits', 'cross-protocol'],
  expect: comparesCase,
} satisfies Scenario;
