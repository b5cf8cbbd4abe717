import type { Check } from '../../harness/model.js';
import { refusesSuites } from './refuses.js';
import { numbersOf, RC4 } from './suites.js';

export default {
  title: 'RC4 is refused',
  requirement:
    'TLS servers MUST NOT select an RC4 cipher suite when a TLS client sends such a cipher suite in the ClientHello message.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-327',
  refs: ['RFC 7465 §2', 'RFC 9325 §4.1'],
  judges: 'endpoint',
  why: 'The key stream of RC4 is biased: what is sent again and again, such as a cookie, can be told from enough of it.',
  remedy: 'Offer suites of ECDHE with AES-GCM or ChaCha20-Poly1305 alone.',
  fixes: {
    nginx:
      'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;',
    haproxy:
      'ssl-default-bind-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
    ws: "https.createServer({ cert, key, ciphers: 'ECDHE+AESGCM:ECDHE+CHACHA20' }), and new WebSocketServer({ server })",
  },
  run: (probe) => refusesSuites(probe, { suites: numbersOf(RC4), what: 'RC4 cipher suites' }),
} satisfies Check;
