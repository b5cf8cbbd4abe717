import type { Check } from '../../harness/model.js';
import { refusesCertificate } from './bad-certificate.js';

export default {
  title: 'The client refuses a certificate that is not valid yet',
  requirement:
    'If the TLS handshake fails, the client MUST fail the connection: a certificate before its notBefore does not verify.',
  severity: 'high',
  judges: 'client',
  lures: true,
  kind: 'vulnerability',
  cwe: 'CWE-295',
  refs: ['RFC 6455 §4.1', 'RFC 5280 §4.1.2.5'],
  why: 'A client that looks at one of the two dates only, or at neither, takes certificates outside of the time that their CA answers for.',
  remedy:
    'Leave verification on (rejectUnauthorized), and trust a CA of your own by naming it (ca), not by trusting everybody.',
  run: (probe) => refusesCertificate(probe, 'not-yet-valid', 'that is not valid yet'),
} satisfies Check;
