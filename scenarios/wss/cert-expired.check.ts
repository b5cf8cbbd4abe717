import type { Check } from '../../harness/model.js';
import { refusesCertificate } from './bad-certificate.js';

export default {
  title: 'The client refuses a certificate that has expired',
  requirement:
    'If the TLS handshake fails, for instance because the certificate cannot be verified, the client MUST fail the connection: one that is past its notAfter cannot.',
  severity: 'critical',
  judges: 'client',
  lures: true,
  kind: 'vulnerability',
  cwe: 'CWE-298',
  refs: ['RFC 6455 §4.1', 'RFC 5280 §4.1.2.5'],
  why: 'A key that was lost after its certificate ran out is on no revocation list.',
  remedy:
    'Leave verification on (rejectUnauthorized), and trust a CA of your own by naming it (ca), not by trusting everybody.',
  run: (probe) => refusesCertificate(probe, 'expired', 'that has expired'),
} satisfies Check;
