import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { failsOver } from './shown.js';

export default {
  title: 'The client fails the connection over a length with its top bit set',
  requirement:
    'If 127, the following 8 bytes interpreted as a 64-bit unsigned integer (the most significant bit MUST be 0) are the payload length.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-190',
  refs: ['RFC 6455 §5.2'],
  why: 'Read as a signed number the length is negative: receivers have allocated, copied and crashed over it.',
  remedy: 'Fail the connection with 1002 when the first of the eight octets is 128 or more.',
  run: (probe) =>
    failsOver(
      probe,
      [
        { what: 'a length of 2^63', octets: () => frame({ opcode: 'binary', declared: 2n ** 63n }) },
        { what: 'a length of 2^64 - 1', octets: () => frame({ opcode: 'binary', declared: 2n ** 64n - 1n }) },
      ],
      1002,
    ),
} satisfies Check;
