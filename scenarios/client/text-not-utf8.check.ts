import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { failsOver } from './shown.js';

export default {
  title: 'The client fails the connection over text that is not UTF-8',
  requirement:
    'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST Fail the WebSocket Connection.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-176',
  refs: ['RFC 6455 §8.1', 'RFC 3629 §3'],
  why: 'Octets that mean one text to a lenient decoder and another to a strict one get past whatever filters text.',
  remedy: 'Decode text strictly, and fail the connection with 1007 where that fails.',
  run: (probe) =>
    failsOver(
      probe,
      [
        {
          what: 'a text with the octet FF',
          octets: () => frame({ opcode: 'text', payload: Uint8Array.of(0x68, 0xff, 0x69) }),
        },
        {
          what: 'an overlong encoding of "/"',
          octets: () => frame({ opcode: 'text', payload: Uint8Array.of(0xc0, 0xaf) }),
        },
        {
          what: 'an encoded surrogate',
          octets: () => frame({ opcode: 'text', payload: Uint8Array.of(0xed, 0xa0, 0x80) }),
        },
      ],
      1007,
    ),
} satisfies Check;
