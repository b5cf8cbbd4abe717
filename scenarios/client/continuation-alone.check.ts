import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { failsOver } from './shown.js';

export default {
  title: 'The client fails the connection over a continuation of nothing',
  requirement:
    'A fragmented message consists of a single frame with the FIN bit clear and an opcode other than 0, followed by zero or more frames with the FIN bit clear and the opcode set to 0.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.4'],
  why: 'A continuation that is taken for a message, or added to one that is over, lets a server slip content past whoever looks at the beginnings of messages.',
  remedy: 'Fail the connection with 1002 for a continuation where no message is open.',
  run: (probe) =>
    failsOver(
      probe,
      [
        {
          what: 'a continuation that continues nothing',
          octets: () => frame({ opcode: 'continuation', payload: 'gauntlet' }),
        },
      ],
      1002,
    ),
} satisfies Check;
