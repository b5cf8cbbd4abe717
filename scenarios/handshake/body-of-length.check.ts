import type { Check } from '../../harness/model.js';
import { keptApart } from './body.js';

export default {
  title: 'The body of a handshake is not taken for frames',
  requirement:
    'A client cannot begin using an upgraded protocol on the connection until it has completely sent the request message: the octets that Content-Length announces are the request’s, and frames come after them.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-444',
  refs: ['RFC 9110 §7.8', 'RFC 9112 §6.3'],
  judges: 'endpoint',
  why: 'A hop that counts the body and a server that does not begin the WebSocket at different octets: messages get past whatever the hop inspects, or the two never agree again.',
  remedy:
    'Refuse handshakes with a body, or read it before the switch. Node.js hands the body of an upgrade over as `head`, and ws reads it as frames.',
  fixes: {
    ws: "verifyClient: ({ req }, done) => done(!Number(req.headers['content-length'] ?? 0) && !req.headers['transfer-encoding'], 400)",
    nginx: 'if ($http_content_length ~ "[1-9]") { return 400; }',
  },
  run: (probe) =>
    keptApart(probe, { lines: (length) => `Content-Length: ${length}\r\n`, written: (content) => content }),
} satisfies Check;
