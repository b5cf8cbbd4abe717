import type { Check } from '../../harness/model.js';
import { common, fallsBack } from './stream.js';

export default {
  ...common,
  title: 'The client falls back when WebSocket is refused (403)',
  requirement:
    'Where WebSocket is refused (403), the stream goes on over another transport, with nothing lost, doubled or out of order.',
  why: 'A refusal may come from a proxy, a firewall or a login page; an application that gives up on it is down.',
  run: (probe) => fallsBack(probe, 'refuse'),
} satisfies Check;
