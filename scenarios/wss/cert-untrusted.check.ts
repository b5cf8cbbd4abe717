import type { Check } from '../../harness/model.js';
import { refusesCertificate } from './bad-certificate.js';

export default {
  title: 'The client refuses a certificate of a CA that it does not trust',
  requirement:
    'If the TLS handshake fails, the client MUST fail the connection: a chain that ends in no trusted CA does not verify.',
  severity: 'critical',
  judges: 'client',
  lures: true,
  kind: 'vulnerability',
  cwe: 'CWE-295',
  refs: ['RFC 6455 §4.1', 'RFC 5280 §6'],
  why: 'Anybody can make a CA.',
  remedy:
    'Leave verification on (rejectUnauthorized), and trust a CA of your own by naming it (ca), not by trusting everybody.',
  run: (probe) => refusesCertificate(probe, 'untrusted', 'of a CA that it does not trust'),
} satisfies Check;
