import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { VERSION_FIXES } from './fixes.js';
import { ofVersion } from './versions.js';

/** Some of what is counted as drafts; what a server that takes them does, as far as their numbers tell. */
const DRAFTS = {
  0: 'it takes the number of a draft',
  7: 'it takes a draft that calls the origin Sec-WebSocket-Origin, where a check of Origin finds none',
  8: 'it takes a draft that calls the origin Sec-WebSocket-Origin, where a check of Origin finds none',
  12: 'it takes the number of a draft',
};

export default {
  title: 'The versions of drafts are refused',
  requirement:
    'Versions 0 to 12 belong to Internet-Drafts; the standard is version 13. What a server need not speak it ought to refuse.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-1104',
  refs: ['RFC 6455 §4.4', 'RFC 6455 §11.6'],
  judges: 'endpoint',
  budget: { connections: 12 },
  why: 'No client of today speaks a draft. Those of versions 7 and 8 name the origin in Sec-WebSocket-Origin: what looks at Origin finds none, and may let in whom it would turn away. In its rules of frames version 8 is version 13.',
  remedy: 'Accept version 13 alone.',
  fixes: VERSION_FIXES,
  run: (probe) =>
    mustRefuseEach(
      probe,
      Object.entries(DRAFTS).map(([version, weak]) => ofVersion(version, weak)),
    ),
} satisfies Check;
