import type { Check } from '../../harness/model.js';
import { closePayload, frame } from '../../harness/protocol/index.js';
import { answersClose } from './answered.js';

export default {
  title: 'A Close with a reason of 124 octets is an error',
  requirement: 'All control frames MUST have a payload length of 125 bytes or less.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.5', 'RFC 6455 §5.5.1'],
  judges: 'endpoint',
  why: 'Buffers for control frames are made for 125 octets; a longer one overflows them, or is a way around the limit of messages.',
  remedy: 'Close with 1002 over it.',
  run: (probe) =>
    answersClose(probe, {
      name: 'a Close of 126 octets',
      send: frame({ opcode: 'close', payload: closePayload(1000, 'x'.repeat(124)), mask: true }),
      codes: [1002],
    }),
} satisfies Check;
