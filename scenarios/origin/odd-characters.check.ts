import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'An origin that hides the allowed one behind odd characters is refused',
  requirement:
    'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-1385',
  refs: ['RFC 6454 §6.2', 'RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'Patterns and home-made parsers stop at characters where browsers do not. Some browsers allow underscores, backticks and the like in host names; user info, encoded and control characters only come from programs, and show that the comparison is not of the whole.',
  remedy: 'Compare the whole origin with the list, as octets, and parse nothing.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'medium',
      variants: ({ protocol, host }) => [
        origin(`${protocol}//${host}_.foreign.example`),
        origin(`${protocol}//${host}`.concat('`.foreign.example')),
        origin(`${protocol}//${host}@foreign.example`),
        origin(`${protocol}//${host}%00.foreign.example`),
        origin(`${protocol}//foreign.example#${host}`),
        origin(`${protocol}//foreign.example?${protocol}//${host}`),
      ],
    }),
} satisfies Check;
