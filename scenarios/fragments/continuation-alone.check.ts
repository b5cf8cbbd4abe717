import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { mustEndEach } from '../judging/violation.js';

export default {
  title: 'A continuation that continues nothing ends the connection',
  requirement:
    'The fragments of one message MUST NOT be interleaved between the fragments of another message unless an extension has been negotiated that can interpret the interleaving.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.4'],
  judges: 'endpoint',
  why: 'What one end takes for a message the other, or a filter in between, takes for the rest of an earlier one: they do not see the same messages any more.',
  remedy:
    'Remember whether a message is open: close with 1002 over a continuation where none is, and over a text or binary frame where one is.',
  run: (probe) => {
    const wrongs = [
      {
        name: 'a continuation without a start',
        send: [frame({ opcode: 'continuation', payload: 'of nothing', mask: true })],
      },
      {
        name: 'an empty continuation without FIN and without a start',
        send: [frame({ opcode: 'continuation', fin: false, mask: true })],
      },
    ];
    const legal = [frame({ opcode: 'pong', payload: 'of nothing', mask: true })];
    return mustEndEach(probe, wrongs, { legal, codes: [1002] });
  },
} satisfies Check;
