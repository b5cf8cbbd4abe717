import type { Check } from '../../harness/model.js';
import { common, mustNotSwitch } from './h2c.js';

export default {
  ...common,
  title: 'h2c listed beside websocket is not switched to',
  requirement: 'Of several protocols in Upgrade, an endpoint for WebSocket takes websocket or none.',
  run: (probe) => mustNotSwitch(probe, 'websocket, h2c'),
} satisfies Check;
