import type { Check } from '../../harness/model.js';
import { refuses } from './refuses.js';
import { numbersOf, ORDINARY } from './suites.js';

/** TLS_FALLBACK_SCSV */
const FALLBACK = 0x5600;

export default {
  title: 'Nobody is led back to an older version of TLS than both sides have',
  requirement:
    'If TLS_FALLBACK_SCSV appears in ClientHello.cipher_suites and the highest protocol version supported by the server is higher than the version indicated, the server MUST respond with a fatal inappropriate_fallback alert.',
  severity: 'low',
  kind: 'vulnerability',
  cwe: 'CWE-757',
  refs: ['RFC 7507 §3', 'RFC 9325 §3.1.3'],
  judges: 'endpoint',
  why: 'An attacker who breaks off handshakes makes clients that try older versions fall back to one with known weaknesses.',
  remedy: 'Take TLS 1.2 and 1.3 alone, or use a TLS library that knows the signal.',
  fixes: { nginx: 'ssl_protocols TLSv1.2 TLSv1.3;', haproxy: 'ssl-default-bind-options ssl-min-ver TLSv1.2' },
  run: (probe) =>
    refuses(probe, {
      offer: { version: 0x0302, suites: [...numbersOf(ORDINARY), FALLBACK] },
      what: 'a fallback to TLS 1.1',
      taken: ({ hello }) => (hello && hello.version <= 0x0302 ? 'a fallback to TLS 1.1' : undefined),
    }),
} satisfies Check;
