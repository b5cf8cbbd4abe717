import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { VERSION_FIXES } from './fixes.js';
import { ofVersion } from './versions.js';

const WEAK = 'it still speaks a draft, with rules of its own';

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
  why: 'No client of today speaks a draft. Version 8 names the origin in Sec-WebSocket-Origin, so that a check of Origin finds none; the earliest drafts do without masking.',
  remedy: 'Accept version 13 alone.',
  fixes: VERSION_FIXES,
  run: (probe) =>
    mustRefuseEach(
      probe,
      ['0', '7', '8', '12'].map((version) => ofVersion(version, WEAK)),
    ),
} satisfies Check;
