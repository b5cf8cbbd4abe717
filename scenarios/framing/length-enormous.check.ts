import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { warn } from '../../harness/verdict.js';
import { survivalConnections, survived } from '../judging/survival.js';
import { mustEndEach } from '../judging/violation.js';

/** What numbers of 53 bits round, the largest there is, and one that shifts turn into nothing. */
const LENGTHS = { '2^53': 1n << 53n, '2^63 - 1': (1n << 63n) - 1n, '2^55': 0x0080_0000_0000_0000n };

export default {
  title: 'A length that no memory holds does not take the server down',
  requirement:
    'Implementations that have limitations regarding the frame size MUST protect themselves against exceeding those limits.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-190',
  refs: ['RFC 6455 §10.4', 'RFC 6455 §5.2'],
  judges: 'endpoint',
  reach: 'crash',
  why: 'Lengths from 2^53 are rounded, overflow when the header is added to them, or make a reader reserve what it cannot have: 14 octets then end the process for everybody.',
  remedy:
    'Compare the declared length with the limit, as a number of 64 bits, before anything else is done with it.',
  budget: { connections: survivalConnections(5), atOnce: 7 },
  run: (probe) =>
    survived(probe, async () => {
      const wrongs = Object.entries(LENGTHS).map(([name, declared]) => ({
        name: `a length of ${name}`,
        send: [frame({ opcode: 'binary', declared, mask: true })],
      }));
      const legal = [frame({ opcode: 'pong', payload: 'hello', mask: true })];
      const verdict = await mustEndEach(probe, wrongs, { legal, codes: [1002, 1009] });
      if (verdict.outcome !== 'fail') return verdict;
      const { expected = '', message } = verdict;
      return warn(message, { expected, actual: message, severity: 'medium' });
    }),
} satisfies Check;
