import type { Check } from '../../harness/model.js';
import { common, fallsBack } from './stream.js';

export default {
  ...common,
  title: 'The client falls back when WebSocket is accepted and closed at once',
  requirement:
    'Where WebSocket is accepted and closed at once, the stream goes on over another transport, with nothing lost, doubled or out of order.',
  why: 'A hop that lets the handshake through and then cuts sends naive clients into an endless loop.',
  run: (probe) => fallsBack(probe, 'accept-close'),
} satisfies Check;
