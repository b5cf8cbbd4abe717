import type { Check } from '../../harness/model.js';
import { common, fallsBack } from './stream.js';

export default {
  ...common,
  title: 'The client falls back when WebSocket is accepted, and nothing comes after the 101',
  requirement:
    'Where WebSocket is accepted, and nothing comes after the 101, the stream goes on over another transport, with nothing lost, doubled or out of order.',
  why: 'A 101 is no proof of a path: only a first message is.',
  run: (probe) => fallsBack(probe, 'black-hole'),
} satisfies Check;
