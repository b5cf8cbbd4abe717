import type { Check } from '../../harness/model.js';
import { fallsBack } from './stream.js';

export default {
  title: 'The client falls back when WebSocket is accepted and closed at once',
  requirement:
    'Where WebSocket is accepted and closed at once, the stream goes on over another transport, with nothing lost, doubled or out of order.',
  severity: 'medium',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §7.2.1'],
  why: 'A hop that lets the handshake through and then cuts sends naive clients into an endless loop.',
  remedy:
    'Bound each attempt by the arrival of a first message, then go on to SSE, long polling, or a CONNECT tunnel.',
  run: (probe) => fallsBack(probe, 'accept-close'),
} satisfies Check;
