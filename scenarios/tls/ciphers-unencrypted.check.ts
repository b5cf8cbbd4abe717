import type { Check } from '../../harness/model.js';
import { refusesSuites } from './refuses.js';
import { numbersOf, UNENCRYPTED } from './suites.js';

export default {
  title: 'Cipher suites without encryption are refused',
  requirement: 'Implementations MUST NOT negotiate the cipher suites with NULL encryption.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-319',
  refs: ['RFC 9325 §4.1'],
  judges: 'endpoint',
  why: 'Everything is sent in clear, under the name of wss.',
  remedy: 'Offer suites of ECDHE with AES-GCM or ChaCha20-Poly1305 alone.',
  fixes: {
    nginx:
      'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;',
    haproxy:
      'ssl-default-bind-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
    ws: "https.createServer({ cert, key, ciphers: 'ECDHE+AESGCM:ECDHE+CHACHA20' }), and new WebSocketServer({ server })",
  },
  run: (probe) =>
    refusesSuites(probe, { suites: numbersOf(UNENCRYPTED), what: 'cipher suites without encryption' }),
} satisfies Check;
