import type { Check } from '../../harness/model.js';
import { common, noticed } from './dead-peer.js';

export default {
  ...common,
  title: 'A client notices that the path has become a black hole',
  requirement:
    'When nothing comes through any more and nobody says so, the client gives the connection up within the period of its pings and their timeout.',
  run: (probe) => noticed(probe, 'black-hole'),
} satisfies Check;
