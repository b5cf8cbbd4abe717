import type { Check } from '../../harness/model.js';
import { told } from './told.js';

export default {
  title: 'A reset on the way is told to both sides',
  requirement:
    'When a connection is reset on the way, the client and the origin both see an end of it: a FIN, an RST or a Close frame.',
  severity: 'medium',
  refs: ['RFC 6455 §7.1.4', 'RFC 6455 §7.1.7'],
  why: 'A hop that hides the end of one side from the other leaves a client that waits for messages that never come, or an origin that keeps state for a client that is gone.',
  remedy:
    'Have every hop pass the end of one side on to the other, and both ends ping with a timeout of their own.',
  alone: true,
  run: (probe) => told(probe, 'reset'),
} satisfies Check;
