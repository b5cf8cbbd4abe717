import type { Check } from '../../harness/model.js';
import { fallsBack } from './stream.js';

export default {
  title: 'The client falls back when WebSocket is never answered',
  requirement:
    'Where WebSocket is never answered, the stream goes on over another transport, with nothing lost, doubled or out of order.',
  severity: 'medium',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §7.2.1'],
  why: "Without a bound of its own the client waits for the operating system's, which is minutes.",
  remedy:
    'Bound each attempt by the arrival of a first message, then go on to SSE, long polling, or a CONNECT tunnel.',
  run: (probe) => fallsBack(probe, 'hang'),
} satisfies Check;
