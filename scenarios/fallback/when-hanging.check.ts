import type { Check } from '../../harness/model.js';
import { common, fallsBack } from './stream.js';

export default {
  ...common,
  title: 'The client falls back when WebSocket is never answered',
  requirement:
    'Where WebSocket is never answered, the stream goes on over another transport, with nothing lost, doubled or out of order.',
  why: "Without a bound of its own the client waits for the operating system's, which is minutes.",
  run: (probe) => fallsBack(probe, 'hang'),
} satisfies Check;
