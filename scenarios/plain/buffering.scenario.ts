import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { passing } from '../../proxies/plain/index.js';

export default {
  title: 'A plain proxy that holds answers back',
  origin: echo(),
  via: [passing({ buffering: true })],
  checks: ['fallback'],
} satisfies Scenario;
