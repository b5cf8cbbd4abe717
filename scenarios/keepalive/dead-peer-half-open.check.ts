import type { Check } from '../../harness/model.js';
import { common, noticed } from './dead-peer.js';

export default {
  ...common,
  title: 'A client notices that nothing comes back any more',
  requirement:
    'When what the client sends still passes but nothing comes back, the client gives the connection up within the period of its pings and their timeout.',
  run: (probe) => noticed(probe, 'half-open'),
} satisfies Check;
