import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'The origin of the unprotected site is refused',
  requirement:
    'If the two origins are scheme/host/port triples, the two origins are the same if, and only if, they have identical schemes, hosts, and ports.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-346',
  refs: ['RFC 6454 §5'],
  judges: 'endpoint',
  why: 'Who sits on the network can answer for the http site of the host, and so run a page that is let in to the connection that TLS was to protect.',
  remedy: 'Compare the scheme too.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'medium',
      outcome: 'warn',
      variants: ({ protocol, host }) =>
        protocol === 'https:' ? [origin(`http://${host}`)] : 'the allowed origin is unprotected itself',
    }),
} satisfies Check;
