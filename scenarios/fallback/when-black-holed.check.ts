import type { Check } from '../../harness/model.js';
import { fallsBack } from './stream.js';

export default {
  title: 'The client falls back when WebSocket is accepted, and nothing comes after the 101',
  requirement:
    'Where WebSocket is accepted, and nothing comes after the 101, the stream goes on over another transport, with nothing lost, doubled or out of order.',
  severity: 'medium',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §7.2.1'],
  why: 'A 101 is no proof of a path: only a first message is.',
  remedy:
    'Bound each attempt by the arrival of a first message, then go on to SSE, long polling, or a CONNECT tunnel.',
  run: (probe) => fallsBack(probe, 'black-hole'),
} satisfies Check;
