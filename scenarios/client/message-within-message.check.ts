import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { failsOver } from './shown.js';

export default {
  title: 'The client fails the connection over a message that begins within another',
  requirement:
    'The fragments of one message MUST NOT be interleaved between the fragments of another message unless an extension has been negotiated that can interpret the interleaving.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  cwe: 'CWE-436',
  refs: ['RFC 6455 §5.4'],
  why: 'Whether the first message is dropped, or joined with the second, differs from one receiver to the next: the two sides disagree on what was said.',
  remedy: 'Fail the connection with 1002 for a text or binary frame while a message is open.',
  run: (probe) =>
    failsOver(
      probe,
      [
        {
          what: 'a text frame within a fragmented message',
          octets: () =>
            Buffer.concat([
              frame({ opcode: 'text', payload: 'first', fin: false }),
              frame({ opcode: 'text', payload: 'second' }),
            ]),
        },
      ],
      1002,
    ),
} satisfies Check;
