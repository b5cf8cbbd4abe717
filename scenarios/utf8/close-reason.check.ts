import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { answersClose } from '../closing/answered.js';

/** 1000, and a reason with octets that are in no UTF-8 text. */
const PAYLOAD = Uint8Array.of(0x03, 0xe8, 0x68, 0xff, 0xc0);

export default {
  title: 'A close reason that is not UTF-8 is an error',
  requirement: 'Following the 2-byte integer, the body MAY contain UTF-8-encoded data.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-176',
  refs: ['RFC 6455 §5.5.1', 'RFC 6455 §8.1'],
  judges: 'endpoint',
  why: 'Reasons end up in logs and dashboards. Octets that no text has break the tools that read these, or get past what they filter.',
  remedy: 'Check the reason like any text, and close with 1007 or 1002.',
  run: (probe) =>
    answersClose(probe, {
      name: 'a Close whose reason is not UTF-8',
      send: frame({ opcode: 'close', payload: PAYLOAD, mask: true }),
      codes: [1002, 1007],
    }),
} satisfies Check;
