import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { answersClose } from './answered.js';

export default {
  title: 'A Close with half a code is an error',
  requirement: 'If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.5.1'],
  judges: 'endpoint',
  why: 'Who reads two octets where there is one reads past the frame: what lies there gets into logs, or the process ends.',
  remedy: 'Close with 1002 over it.',
  run: (probe) =>
    answersClose(probe, {
      name: 'a Close with a body of one octet',
      send: frame({ opcode: 'close', payload: Uint8Array.of(3), mask: true }),
      codes: [1002],
    }),
} satisfies Check;
