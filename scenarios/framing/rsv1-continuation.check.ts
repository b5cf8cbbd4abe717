import type { Check } from '../../harness/model.js';
import { illegal } from './common.js';
import { bitMustEndDeflated } from './rsv.js';

export default {
  title: 'A continuation with RSV1 ends the connection where permessage-deflate was agreed on',
  requirement:
    'An endpoint MUST NOT set the “Per-Message Compressed” bit of control frames and non-first fragments of a data message.',
  ...illegal,
  refs: ['RFC 7692 §6', 'RFC 6455 §5.2'],
  why: 'RSV1 belongs to the first fragment alone. Who heeds it in the middle inflates half a message, or changes its mind about the whole.',
  remedy:
    'Fail the connection with 1002 over any RSV bit that no agreed extension gives a meaning in that frame.',
  run: (probe) => bitMustEndDeflated(probe, 'RSV1', 'continuation'),
} satisfies Check;
