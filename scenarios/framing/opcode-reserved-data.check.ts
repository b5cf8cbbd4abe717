import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { mustEndEach } from '../judging/violation.js';
import { budgetFor, illegal } from './common.js';

const OPCODES = [3, 4, 5, 6, 7];

export default {
  title: 'A frame with a reserved data opcode ends the connection',
  requirement: 'If an unknown opcode is received, the receiving endpoint MUST fail the WebSocket connection.',
  ...illegal,
  refs: ['RFC 6455 §5.2'],
  why: 'Opcodes 3 to 7 mean nothing yet. An endpoint that goes on guesses at what it was told, and another one before or behind it guesses otherwise.',
  remedy: 'Fail the connection with 1002 over any opcode that is not 0, 1, 2, 8, 9 or 10.',
  budget: budgetFor(OPCODES.length),
  run: (probe) =>
    mustEndEach(
      probe,
      OPCODES.map((opcode) => ({
        name: `a frame with the reserved opcode ${opcode}`,
        send: [frame({ opcode, payload: 'reserved', mask: true })],
      })),
      { legal: [frame({ opcode: 'pong', payload: 'reserved', mask: true })], codes: [1002] },
    ),
} satisfies Check;
