import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { isName } from './names.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'An origin that ends like the allowed one is refused',
  requirement:
    'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-1385',
  refs: ['RFC 6454 §5', 'RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'Anybody can have a host whose name ends with another’s, without a dot before it. Comparing the end, or searching for the name, lets it in.',
  remedy: 'Compare the whole origin.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'high',
      variants: ({ protocol, host, hostname }) =>
        isName(hostname)
          ? [
              origin(`${protocol}//foreign${host}`),
              origin(`${protocol}//foreign-${host}`),
              origin(`${protocol}//foreign.example/${host}`),
            ]
          : 'the allowed origin has an address for a host, and no name ends like it',
    }),
} satisfies Check;
