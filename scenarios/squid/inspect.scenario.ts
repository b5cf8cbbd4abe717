import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { squid } from '../../proxies/squid/index.js';
import { dropsUpgrade } from './known.js';

export default {
  title: 'Squid opens the TLS inside CONNECT',
  origin: echo({ tls: true }),
  via: [squid({ mode: 'inspect' })],
  checks: ['opening', 'wss'],
  expect: dropsUpgrade,
} satisfies Scenario;
