import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'An opaque origin is refused',
  requirement:
    'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-1385',
  refs: ['RFC 6454 §7.1', 'RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'Any page can have the origin “null”: in a sandboxed frame, from a data: URL, or after a redirect between sites. A server that lets it in lets every page in.',
  remedy: 'Take null for a foreign origin.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'high',
      variants: () => [origin('null')],
    }),
} satisfies Check;
