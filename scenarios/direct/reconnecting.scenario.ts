import { reconnectingClient } from '../../harness/clients/reconnecting.js';
import type { Scenario } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';

export default {
  title: 'A client that reconnects by itself',
  origin: echo(),
  via: [],
  client: reconnectingClient(),
  checks: ['keepalive/reconnect'],
} satisfies Scenario;
