import type { Check } from '../../harness/model.js';
import { ALLOWLIST } from './fixes.js';
import { mustNotPass, origin } from './trick.js';

export default {
  title: 'An origin that is no web page’s is refused',
  requirement:
    'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-346',
  refs: ['RFC 6454 §4', 'RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'file: and the schemes of browser extensions are the origins of whatever file a user opens and whatever extension they have.',
  remedy: 'Let in only the schemes that are meant; name an extension by its whole origin.',
  fixes: ALLOWLIST,
  budget: { connections: 20 },
  run: (probe) =>
    mustNotPass(probe, {
      severity: 'low',
      outcome: 'warn',
      variants: () => [
        origin('file://'),
        origin('chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'),
        origin('moz-extension://00000000-0000-4000-8000-000000000000'),
      ],
    }),
} satisfies Check;
