import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { VERSION_FIXES } from './fixes.js';
import { ofVersion } from './versions.js';

export default {
  title: 'Versions that are not assigned yet are refused',
  requirement:
    'If this version does not match a version understood by the server, the server MUST abort the WebSocket handshake and instead send an appropriate HTTP error code (such as 426 Upgrade Required).',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §4.2.2', 'RFC 6455 §4.4'],
  judges: 'endpoint',
  why: 'A server that takes whatever is not older than 13 for 13 will misread the clients of a version to come, which would have gone back to 13 had it refused.',
  remedy: 'Compare for equality with 13, and answer 426 otherwise.',
  fixes: VERSION_FIXES,
  run: (probe) =>
    mustRefuseEach(
      probe,
      ['14', '255'].map((version) => ofVersion(version)),
    ),
} satisfies Check;
