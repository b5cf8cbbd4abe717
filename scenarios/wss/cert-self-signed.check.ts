import type { Check } from '../../harness/model.js';
import { refusesCertificate } from './bad-certificate.js';

export default {
  title: 'The client refuses a certificate signed by itself',
  requirement:
    'If the TLS handshake fails, the client MUST fail the connection: a certificate that nobody trusted has signed does not verify.',
  severity: 'critical',
  judges: 'client',
  lures: true,
  kind: 'vulnerability',
  cwe: 'CWE-295',
  refs: ['RFC 6455 §4.1', 'RFC 5280 §6'],
  why: 'Anybody can make one, for any name.',
  remedy:
    'Leave verification on (rejectUnauthorized), and trust a CA of your own by naming it (ca), not by trusting everybody.',
  run: (probe) => refusesCertificate(probe, 'self-signed', 'signed by itself'),
} satisfies Check;
