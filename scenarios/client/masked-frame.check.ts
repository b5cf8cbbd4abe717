import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { failsOver } from './shown.js';

export default {
  title: 'The client fails the connection over a masked frame from the server',
  requirement: 'A client MUST close a connection if it detects a masked frame.',
  severity: 'medium',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.1'],
  why: 'A masked frame from the server was reflected, or comes from something that takes itself for a client. Who takes it lets what one side sent be turned against it.',
  remedy: 'Fail the connection with 1002 when the MASK bit is set on a received frame.',
  run: (probe) =>
    failsOver(
      probe,
      [
        {
          what: 'a masked text frame',
          octets: () => frame({ opcode: 'text', payload: 'gauntlet', mask: true }),
        },
      ],
      1002,
    ),
} satisfies Check;
