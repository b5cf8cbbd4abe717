import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { HTTP_VERSION_FIXES } from './fixes.js';
import { requestLine } from './lines.js';

const WEAK = 'a server may refuse a major version that it does not speak, and need not';

export default {
  title: 'A request line of another major version is refused',
  requirement:
    'A server can send a 505 (HTTP Version Not Supported) response if it wishes, for any reason, to refuse service of the client’s major protocol version.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-444',
  refs: ['RFC 9110 §2.5', 'RFC 9112 §2.3'],
  judges: 'endpoint',
  why: 'No other major version is written like this. A hop that stops at "HTTP/2.0" and a server behind it that goes on have different ideas of the request.',
  remedy: 'Answer 505 to a request line that does not say HTTP/1.',
  fixes: HTTP_VERSION_FIXES,
  run: (probe) =>
    mustRefuseEach(
      probe,
      ['HTTP/2.0', 'HTTP/9.9'].map((version) => ({
        ...requestLine(version, (line) => line.replace('HTTP/1.1', version)),
        expected: '505',
        weak: WEAK,
      })),
    ),
} satisfies Check;
