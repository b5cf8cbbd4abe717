import type { Check } from '../../harness/model.js';
import { fallsBack } from './stream.js';

export default {
  title:
    'The client falls back when WebSocket is answered as a plain request (200), as where Upgrade was stripped',
  requirement:
    'Where WebSocket is answered as a plain request (200), as where Upgrade was stripped, the stream goes on over another transport, with nothing lost, doubled or out of order.',
  severity: 'medium',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §7.2.1'],
  why: 'The commonest fault of all: the proxy forwards the request without its Upgrade.',
  remedy:
    'Bound each attempt by the arrival of a first message, then go on to SSE, long polling, or a CONNECT tunnel.',
  run: (probe) => fallsBack(probe, 'strip'),
} satisfies Check;
