import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { failsOver } from './shown.js';

export default {
  title: 'The client fails the connection over a fragmented control frame',
  requirement:
    'All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.5'],
  why: 'A receiver that waits for the rest of a ping mixes it with the message that is open.',
  remedy: 'Fail the connection with 1002 for a control frame without FIN.',
  run: (probe) =>
    failsOver(
      probe,
      [{ what: 'a ping without FIN', octets: () => frame({ opcode: 'ping', payload: 'half', fin: false }) }],
      1002,
    ),
} satisfies Check;
