import { reconnectingClient } from '../../harness/clients/reconnecting.js';
import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { cutAfter, toxiproxy } from '../../proxies/toxiproxy/index.js';

export default {
  title: 'A path that cuts every connection within two seconds',
  origin: echo(),
  via: [toxiproxy(cutAfter('2s'))],
  client: reconnectingClient(),
  checks: ['keepalive/idle-cut', 'keepalive/reconnect', 'fallback/nothing-lost'],
} satisfies Scenario;
