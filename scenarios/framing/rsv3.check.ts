import type { Check } from '../../harness/model.js';
import { illegal } from './common.js';
import { bitMustEnd } from './rsv.js';

export default {
  title: 'A frame with RSV3 ends the connection where no extension was agreed on',
  requirement:
    'If a nonzero value is received and none of the negotiated extensions defines its meaning, the receiving endpoint MUST fail the connection.',
  ...illegal,
  refs: ['RFC 6455 §5.2'],
  why: 'A bit without a meaning is passed over by some and objected to by others: what they make of the same octets differs.',
  remedy: 'Fail the connection with 1002 over any RSV bit that no agreed extension gives a meaning.',
  run: (probe) => bitMustEnd(probe, 'RSV3'),
} satisfies Check;
