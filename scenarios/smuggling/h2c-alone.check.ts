import type { Check } from '../../harness/model.js';
import { common, mustNotSwitch } from './h2c.js';

export default {
  ...common,
  title: 'Upgrade: h2c is not switched to',
  requirement:
    'The "h2c" upgrade token is obsolete: a WebSocket endpoint switches to websocket and to nothing else.',
  run: (probe) => mustNotSwitch(probe, 'h2c'),
} satisfies Check;
