import type { Check } from '../../harness/model.js';
import { common, mustNotRelayH2c } from './relayed.js';

export default {
  ...common,
  title: 'Of Upgrade: websocket, h2c only websocket is passed on',
  requirement:
    'Upgrade is meant for the next hop alone; a hop that passes WebSocket on makes an Upgrade field of its own, without what else was listed.',
  severity: 'medium',
  run: (probe) => mustNotRelayH2c(probe, 'websocket, h2c'),
} satisfies Check;
