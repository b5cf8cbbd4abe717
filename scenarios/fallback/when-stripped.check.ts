import type { Check } from '../../harness/model.js';
import { common, fallsBack } from './stream.js';

export default {
  ...common,
  title:
    'The client falls back when WebSocket is answered as a plain request (200), as where Upgrade was stripped',
  requirement:
    'Where WebSocket is answered as a plain request (200), as where Upgrade was stripped, the stream goes on over another transport, with nothing lost, doubled or out of order.',
  why: 'The commonest fault of all: the proxy forwards the request without its Upgrade.',
  run: (probe) => fallsBack(probe, 'strip'),
} satisfies Check;
