import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { failsOver } from './shown.js';

export default {
  title: 'The client fails the connection over RSV bits that nobody agreed on',
  requirement:
    'If a nonzero value is received and none of the negotiated extensions defines the meaning of such a nonzero value, the receiving endpoint MUST Fail the WebSocket Connection.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.2'],
  why: 'What the bits mean to the other side changes what the payload is: a compressed message would be handed to the application as it is.',
  remedy: 'Fail the connection with 1002 when a bit is set that no agreed extension uses.',
  run: (probe) =>
    failsOver(
      probe,
      [
        {
          what: 'a text frame with RSV1',
          octets: () => frame({ opcode: 'text', payload: 'gauntlet', rsv: 4 }),
        },
        {
          what: 'a text frame with RSV2',
          octets: () => frame({ opcode: 'text', payload: 'gauntlet', rsv: 2 }),
        },
        {
          what: 'a text frame with RSV3',
          octets: () => frame({ opcode: 'text', payload: 'gauntlet', rsv: 1 }),
        },
      ],
      1002,
    ),
} satisfies Check;
