import type { Check } from '../../harness/model.js';
import { mustRefuseEach } from '../opening/refused-each.js';
import { HTTP_VERSION_FIXES } from './fixes.js';
import { requestLine } from './lines.js';

const VERSIONS = ['HTTP/1.x', 'HTTP/11', 'http/1.1', 'GAUNTLET/1.1'];

export default {
  title: 'A request line without a version of HTTP is refused',
  requirement:
    'The version is "HTTP/" and two digits with a dot between them, in this case: HTTP-version = HTTP-name "/" DIGIT "." DIGIT. Recipients of an invalid request-line SHOULD respond with either a 400 (Bad Request) error or a 301 (Moved Permanently) redirect.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-444',
  refs: ['RFC 9112 §2.3', 'RFC 9112 §3'],
  judges: 'endpoint',
  budget: { connections: 12 },
  why: 'Parsers that guess guess differently, and smuggling lives on the difference.',
  remedy: 'Answer 400 to a request line that is not one.',
  fixes: { nginx: HTTP_VERSION_FIXES.nginx, haproxy: HTTP_VERSION_FIXES.haproxy },
  run: (probe) =>
    mustRefuseEach(
      probe,
      VERSIONS.map((version) => requestLine(version, (line) => line.replace('HTTP/1.1', version))),
    ),
} satisfies Check;
