import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { isName, siblings } from './names.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'A subdomain or a sibling of the allowed origin is refused',
  requirement:
    'If the two origins are scheme/host/port triples, the two origins are the same if, and only if, they have identical schemes, hosts, and ports.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-346',
  refs: ['RFC 6454 §5'],
  judges: 'endpoint',
  why: 'A forgotten subdomain that somebody else took over, or one that shows what users upload, is let in along.',
  remedy: 'List the subdomains that are meant.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'medium',
      outcome: 'warn',
      variants: ({ protocol, host, hostname }) =>
        isName(hostname)
          ? [
              origin(`${protocol}//foreign.${host}`),
              ...siblings(host).map((one) => origin(`${protocol}//${one}`)),
            ]
          : 'the allowed origin has an address for a host',
    }),
} satisfies Check;
