import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { failsOver } from './shown.js';

export default {
  title: 'The client fails the connection over a control frame of more than 125 octets',
  requirement:
    'All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.5'],
  why: 'Control frames are answered at once and outside of any limit on messages: long ones make the client copy and send back as much as the server likes.',
  remedy: 'Fail the connection with 1002 as soon as the header of such a frame is there.',
  run: (probe) =>
    failsOver(
      probe,
      [
        { what: 'a ping of 126 octets', octets: () => frame({ opcode: 'ping', payload: 'p'.repeat(126) }) },
        {
          what: 'a ping of 70000 octets',
          octets: () => frame({ opcode: 'ping', payload: 'p'.repeat(70_000) }),
        },
      ],
      1002,
    ),
} satisfies Check;
