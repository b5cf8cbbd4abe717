import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { mustEndEach } from '../judging/violation.js';

export default {
  title: 'A new message inside of another ends the connection',
  requirement:
    'The fragments of one message MUST NOT be interleaved between the fragments of another message unless an extension has been negotiated that can interpret the interleaving.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.4'],
  judges: 'endpoint',
  why: 'One end drops the first message, another puts the two together: what was checked is not what is acted on.',
  remedy:
    'Remember whether a message is open: close with 1002 over a continuation where none is, and over a text or binary frame where one is.',
  run: (probe) => {
    const wrongs = [
      {
        name: 'a text inside of a text',
        send: [
          frame({ opcode: 'text', payload: 'one', fin: false, mask: true }),
          frame({ opcode: 'text', payload: 'two', mask: true }),
        ],
      },
      {
        name: 'a binary frame inside of a text',
        send: [
          frame({ opcode: 'text', payload: 'one', fin: false, mask: true }),
          frame({ opcode: 'binary', payload: 'two', mask: true }),
        ],
      },
    ];
    const legal = [frame({ opcode: 'pong', payload: 'of nothing', mask: true })];
    return mustEndEach(probe, wrongs, { legal, codes: [1002] });
  },
} satisfies Check;
