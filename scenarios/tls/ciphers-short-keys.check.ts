import type { Check } from '../../harness/model.js';
import { refusesSuites } from './refuses.js';
import { numbersOf, SHORT_KEYS } from './suites.js';

export default {
  title: 'Cipher suites with keys of 40 or 56 bits are refused',
  requirement:
    'Implementations MUST NOT negotiate cipher suites offering less than 112 bits of security, including so-called export-level encryption.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-326',
  refs: ['RFC 9325 §4.1', 'CVE-2015-0204', 'CVE-2015-4000'],
  judges: 'endpoint',
  why: 'Such keys are found in hours; FREAK and Logjam made clients fall back to them.',
  remedy: 'Offer suites of ECDHE with AES-GCM or ChaCha20-Poly1305 alone.',
  fixes: {
    nginx:
      'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;',
    haproxy:
      'ssl-default-bind-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
    ws: "https.createServer({ cert, key, ciphers: 'ECDHE+AESGCM:ECDHE+CHACHA20' }), and new WebSocketServer({ server })",
  },
  run: (probe) =>
    refusesSuites(probe, { suites: numbersOf(SHORT_KEYS), what: 'cipher suites of export and DES strength' }),
} satisfies Check;
