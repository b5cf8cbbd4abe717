import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { survivalConnections, survived } from '../judging/survival.js';
import { mustEnd } from '../judging/violation.js';

const TOP_BIT = 1n << 63n;

export default {
  title: 'A 64-bit length with its top bit set ends the connection',
  requirement: 'The most significant bit of a 64-bit payload length MUST be 0.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-190',
  refs: ['RFC 6455 §5.2', 'https://nvd.nist.gov/vuln/detail/CVE-2020-27813'],
  judges: 'endpoint',
  reach: 'crash',
  why: 'Read as a signed number it is negative: limits let it pass, and the reader loops, takes memory without end, or breaks down. A few octets from anybody are enough.',
  remedy:
    'Read the length without a sign, and close with 1002 where its top bit is set, before anything is reserved.',
  budget: { connections: survivalConnections(3), atOnce: 5 },
  run: (probe) =>
    survived(probe, () =>
      mustEnd(probe, {
        name: 'a length of 2^63 + 5',
        send: [frame({ opcode: 'text', payload: 'hello', declared: TOP_BIT + 5n, mask: true })],
        legal: [frame({ opcode: 'pong', payload: 'hello', mask: true })],
        codes: [1002, 1009],
      }),
    ),
} satisfies Check;
