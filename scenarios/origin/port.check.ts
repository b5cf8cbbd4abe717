import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'The origin of another port is refused',
  requirement:
    'If the two origins are scheme/host/port triples, the two origins are the same if, and only if, they have identical schemes, hosts, and ports.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-346',
  refs: ['RFC 6454 §5'],
  judges: 'endpoint',
  why: 'Another port of the host may be another program, of somebody else, on shared or development machines.',
  remedy: 'Compare the port too.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'medium',
      outcome: 'warn',
      variants: ({ protocol, hostname }) => [origin(`${protocol}//${hostname}:54321`)],
    }),
} satisfies Check;
