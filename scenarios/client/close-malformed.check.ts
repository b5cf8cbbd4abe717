import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { answersClose } from './shown.js';

export default {
  title: 'The client does not go along with a malformed Close frame',
  requirement:
    'If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer representing a status code; following it, the body MAY contain UTF-8-encoded data.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-176',
  refs: ['RFC 6455 §5.5.1', 'RFC 6455 §8.1'],
  why: 'Half of a code is read past its end by those who expect two octets; a reason that is not UTF-8 goes into logs and user interfaces as it is.',
  remedy: 'Check the length and the text of a received Close frame, and answer with 1002 or 1007.',
  run: (probe) =>
    answersClose(probe, [
      {
        what: 'a Close frame of one octet',
        octets: () => frame({ opcode: 'close', payload: Uint8Array.of(3) }),
      },
      {
        what: 'a Close frame whose reason is not UTF-8',
        octets: () => frame({ opcode: 'close', payload: Uint8Array.of(3, 0xe8, 0xff, 0xfe) }),
      },
    ]),
} satisfies Check;
