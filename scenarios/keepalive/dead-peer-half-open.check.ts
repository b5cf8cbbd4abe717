import type { Check } from '../../harness/model.js';
import { noticed } from './dead-peer.js';

export default {
  title: 'A client notices that nothing comes back any more',
  requirement:
    'When what the client sends still passes but nothing comes back, the client gives the connection up within the period of its pings and their timeout.',
  severity: 'medium',
  refs: ['RFC 6455 §5.5.2', 'RFC 9293 §3.8.3'],
  why: 'TCP says nothing of a peer that is gone while there is nothing to send, and takes many minutes when there is. Only an answer that fails to come tells.',
  remedy: 'Ping at a period, and end the connection when no pong came in time.',
  alone: true,
  run: (probe) => noticed(probe, 'half-open'),
} satisfies Check;
