import type { Check } from '../../harness/model.js';
import { fallsBack } from './stream.js';

export default {
  title: 'The client falls back when WebSocket is refused (403)',
  requirement:
    'Where WebSocket is refused (403), the stream goes on over another transport, with nothing lost, doubled or out of order.',
  severity: 'medium',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §7.2.1'],
  why: 'A refusal may come from a proxy, a firewall or a login page; an application that gives up on it is down.',
  remedy:
    'Bound each attempt by the arrival of a first message, then go on to SSE, long polling, or a CONNECT tunnel.',
  run: (probe) => fallsBack(probe, 'refuse'),
} satisfies Check;
