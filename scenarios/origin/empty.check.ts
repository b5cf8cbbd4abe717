import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'An empty Origin is refused',
  requirement: 'An origin is a scheme/host/port triple or “null”; an empty field is neither.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-1385',
  refs: ['RFC 6454 §7'],
  judges: 'endpoint',
  why: 'No browser sends it. A server that refuses handshakes without Origin and lets an empty one in tests for the header and not for what it says.',
  remedy: 'Take an empty Origin for a foreign one.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'low',
      outcome: 'warn',
      variants: () => [origin('')],
    }),
} satisfies Check;
