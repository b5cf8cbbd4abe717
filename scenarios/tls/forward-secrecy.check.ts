import type { Check } from '../../harness/model.js';
import { refusesSuites } from './refuses.js';
import { numbersOf, STATIC_RSA } from './suites.js';

export default {
  title: 'Key exchange without forward secrecy is refused',
  requirement:
    'Implementations SHOULD NOT negotiate cipher suites based on RSA key transport, a.k.a. static RSA.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-327',
  refs: ['RFC 9325 §4.1'],
  judges: 'endpoint',
  why: 'Who gets hold of the key of the certificate later on reads all that was recorded before. Padding oracles (ROBOT) need this key exchange, too.',
  remedy: 'Offer suites of ECDHE with AES-GCM or ChaCha20-Poly1305 alone.',
  fixes: {
    nginx:
      'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;',
    haproxy:
      'ssl-default-bind-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
    ws: "https.createServer({ cert, key, ciphers: 'ECDHE+AESGCM:ECDHE+CHACHA20' }), and new WebSocketServer({ server })",
  },
  run: (probe) =>
    refusesSuites(probe, { suites: numbersOf(STATIC_RSA), what: 'RSA key transport', verdict: 'warn' }),
} satisfies Check;
