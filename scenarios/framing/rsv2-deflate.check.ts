import type { Check } from '../../harness/model.js';
import { illegal } from './common.js';
import { bitMustEndDeflated } from './rsv.js';

export default {
  title: 'A frame with RSV2 ends the connection where permessage-deflate was agreed on',
  requirement:
    'If a nonzero value is received and none of the negotiated extensions defines its meaning, the receiving endpoint MUST fail the connection.',
  ...illegal,
  refs: ['RFC 6455 §5.2', 'RFC 7692 §6'],
  why: 'Code that handles compression often looks at RSV1 and forgets about its neighbours.',
  remedy:
    'Fail the connection with 1002 over any RSV bit that no agreed extension gives a meaning in that frame.',
  run: (probe) => bitMustEndDeflated(probe, 'RSV2', 'text'),
} satisfies Check;
