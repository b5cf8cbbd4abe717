import type { Check } from '../../harness/model.js';
import { refuses } from './refuses.js';
import { numbersOf, ORDINARY } from './suites.js';

export default {
  title: 'TLS compresses nothing',
  requirement:
    'In order to help prevent compression-related attacks, implementations and deployments SHOULD NOT support TLS-level compression.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-310',
  refs: ['RFC 9325 §3.3', 'CVE-2012-4929'],
  judges: 'endpoint',
  why: 'What is compressed together with text of an attacker tells by its length how much they have in common: cookies of the handshake were read that way (CRIME).',
  remedy: 'Build the TLS library without compression, or turn it off: SSL_OP_NO_COMPRESSION.',
  run: (probe) =>
    refuses(probe, {
      offer: { suites: numbersOf(ORDINARY), compression: [1, 0] },
      what: 'compression (DEFLATE)',
      taken: ({ hello }) => (hello?.compression === 1 ? 'DEFLATE' : undefined),
    }),
} satisfies Check;
