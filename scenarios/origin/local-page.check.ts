import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'The origin of a user’s own machine is refused',
  requirement:
    'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-346',
  refs: ['RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'A list that still has the developers’ localhost lets in whatever else listens on a user’s machine, and needs a foothold there only.',
  remedy: 'Leave localhost out of the list of a server that others use.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'low',
      outcome: 'warn',
      variants: ({ hostname }) =>
        /^(?:localhost|127\.|\[::1\])/.test(hostname)
          ? 'the allowed origin is of this machine itself'
          : [origin('http://localhost:3000'), origin('http://localhost'), origin('http://127.0.0.1:8080')],
    }),
} satisfies Check;
