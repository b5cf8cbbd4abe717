import type { Check } from '../../harness/model.js';
import { refusesSuites } from './refuses.js';
import { numbersOf, SMALL_BLOCKS } from './suites.js';

export default {
  title: 'Ciphers with blocks of 64 bits are refused',
  requirement:
    'Implementations SHOULD NOT negotiate ciphers with blocks of 64 bits, and MUST NOT where they offer less than 112 bits of security.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-327',
  refs: ['RFC 9325 §4.1', 'CVE-2016-2183'],
  judges: 'endpoint',
  why: 'After some 32 GiB under one key, blocks repeat and tell plaintext (Sweet32). Connections that stay open for days, as WebSockets do, are what that takes.',
  remedy: 'Offer suites of ECDHE with AES-GCM or ChaCha20-Poly1305 alone.',
  fixes: {
    nginx:
      'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;',
    haproxy:
      'ssl-default-bind-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
    ws: "https.createServer({ cert, key, ciphers: 'ECDHE+AESGCM:ECDHE+CHACHA20' }), and new WebSocketServer({ server })",
  },
  run: (probe) =>
    refusesSuites(probe, { suites: numbersOf(SMALL_BLOCKS), what: '3DES and IDEA cipher suites' }),
} satisfies Check;
