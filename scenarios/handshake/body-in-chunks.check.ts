import type { Check } from '../../harness/model.js';
import { keptApart } from './body.js';

const inChunks = (content: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(`${content.length.toString(16)}\r\n`), content, Buffer.from('\r\n0\r\n\r\n')]);

export default {
  title: 'The chunks of a handshake are not taken for frames',
  requirement:
    'A client cannot begin using an upgraded protocol on the connection until it has completely sent the request message: a body in chunks is the request’s up to its last chunk, and frames come after it.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-444',
  refs: ['RFC 9110 §7.8', 'RFC 9112 §7.1'],
  judges: 'endpoint',
  why: 'A hop that undoes the chunks and a server that reads them as frames begin the WebSocket at different octets: what one inspects is not what the other does.',
  remedy: 'Refuse handshakes with Transfer-Encoding.',
  fixes: {
    ws: "verifyClient: ({ req }, done) => done(!req.headers['transfer-encoding'], 400)",
    nginx: 'if ($http_transfer_encoding != "") { return 400; }',
    haproxy:
      'http-request deny deny_status 400 if { hdr(upgrade) -i websocket } { hdr(transfer-encoding) -m found }',
  },
  run: (probe) => keptApart(probe, { lines: () => 'Transfer-Encoding: chunked\r\n', written: inChunks }),
} satisfies Check;
