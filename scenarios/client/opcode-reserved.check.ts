import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { failsOver } from './shown.js';

export default {
  title: 'The client fails the connection over opcodes without a meaning',
  requirement: 'If an unknown opcode is received, the receiving endpoint MUST Fail the WebSocket Connection.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.2'],
  why: 'Frames that one side skips and another acts on can be used to say different things to each.',
  remedy: 'Fail the connection with 1002 for the opcodes 3 to 7 and 11 to 15.',
  run: (probe) =>
    failsOver(
      probe,
      [
        { what: 'a data frame of opcode 3', octets: () => frame({ opcode: 3, payload: 'gauntlet' }) },
        { what: 'a control frame of opcode 11', octets: () => frame({ opcode: 11, payload: 'gauntlet' }) },
      ],
      1002,
    ),
} satisfies Check;
