import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { mustEnd } from '../judging/violation.js';

export default {
  title: 'A frame with a reserved data opcode ends the connection',
  requirement: 'If an unknown opcode is received, the receiving endpoint MUST fail the WebSocket connection.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §5.2'],
  judges: 'endpoint',
  why: 'Opcodes 3 to 7 mean nothing yet. An endpoint that goes on guesses at what it was told, and another one before or behind it guesses otherwise.',
  remedy: 'Fail the connection with 1002 over any opcode that is not 0, 1, 2, 8, 9 or 10.',
  run: (probe) =>
    mustEnd(probe, {
      name: 'a frame with the reserved opcode 3',
      send: [frame({ opcode: 3, payload: 'reserved', mask: true })],
      legal: [frame({ opcode: 'pong', payload: 'reserved', mask: true })],
      codes: [1002],
    }),
} satisfies Check;
