import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'An origin that begins like the allowed one is refused',
  requirement:
    'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-1385',
  refs: ['RFC 6454 §5', 'RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'Anybody can have a host whose name begins with another’s. Comparing the beginning, or a pattern without an end, lets it in.',
  remedy: 'Compare the whole origin.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'high',
      variants: ({ protocol, host, hostname }) => [
        origin(`${protocol}//${hostname}.foreign.example`),
        origin(`${protocol}//${host}.foreign.example`),
        origin(`${protocol}//${hostname}-foreign.example`),
      ],
    }),
} satisfies Check;
