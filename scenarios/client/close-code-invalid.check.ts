import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { answersClose } from './shown.js';

export default {
  title: 'The client does not go along with a Close code that may not be sent',
  requirement:
    'Status codes in the range 0-999 are not used; 1005, 1006 and 1015 MUST NOT be set as a status code in a Close control frame by an endpoint.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  refs: ['RFC 6455 §7.4.1', 'RFC 6455 §7.4.2', 'RFC 6455 §5.5.1'],
  why: "The code is handed to the application, which takes 1006 for a lost connection and reconnects; sent back it is an offence of the client's own.",
  remedy: 'Check the code of a received Close frame, and answer one that may not be sent with 1002.',
  run: (probe) =>
    answersClose(
      probe,
      [0, 999, 1005, 1006, 1015, 5000].map((code) => ({
        what: `Close ${code}`,
        octets: () => frame({ opcode: 'close', payload: Uint8Array.of(code >> 8, code & 255) }),
      })),
    ),
} satisfies Check;
