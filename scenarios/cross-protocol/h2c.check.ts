import type { Check } from '../../harness/model.js';
import { common, mustNotRelayH2c } from './relayed.js';

export default {
  ...common,
  title: 'Upgrade: h2c is not passed on',
  requirement:
    'Upgrade is meant for the next hop alone; a hop passes on only those protocols that it knows how to switch to, and h2c is not one of them.',
  severity: 'high',
  run: (probe) => mustNotRelayH2c(probe, 'h2c'),
} satisfies Check;
