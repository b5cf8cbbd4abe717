import type { Check } from '../../harness/model.js';
import { valueOf } from '../../harness/protocol/index.js';
import { mustRefuse } from './refused.js';

export default {
  title: 'A handshake without a key is refused',
  requirement:
    'If the server, while reading the handshake, finds that the client did not send a Sec-WebSocket-Key of 16 octets, the server MUST stop processing the handshake and return an HTTP response with an appropriate error code (such as 400 Bad Request).',
  severity: 'high',
  cwe: 'CWE-20',
  refs: ['RFC 6455 §4.2.1', 'RFC 6455 §10.3'],
  kind: 'vulnerability',
  judges: 'either',
  why: 'The key is what scripts and forms cannot send. A server that upgrades without it can be driven by any cross-protocol request.',
  remedy:
    'Answer 400 to an upgrade without exactly one Sec-WebSocket-Key. In front of a server that cannot, let the proxy do it: nginx: if ($http_sec_websocket_key = "") { return 400; }',
  fixes: {
    nginx: 'if ($http_sec_websocket_key = "") { return 400; }',
    haproxy:
      'http-request deny deny_status 400 if { hdr(upgrade) -i websocket } !{ hdr(sec-websocket-key) -m found }',
  },
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: { change: { 'Sec-WebSocket-Key': undefined } },
      expected: '400',
      remains: (head) => valueOf(head, 'Sec-WebSocket-Key') === undefined,
    });
    return verdict;
  },
} satisfies Check;
