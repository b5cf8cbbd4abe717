import type { Check } from '../../harness/model.js';
import { refusesCertificate } from './bad-certificate.js';

export default {
  title: 'The client refuses a certificate for another name',
  requirement:
    'The client verifies that the certificate is for the host that it asked for, and fails the connection where it is not.',
  severity: 'critical',
  judges: 'client',
  lures: true,
  kind: 'vulnerability',
  cwe: 'CWE-297',
  refs: ['RFC 6455 §4.1', 'RFC 9110 §4.3.4', 'RFC 9525 §6'],
  why: 'Any certificate of the same CA, anybody else can have one, would do.',
  remedy:
    'Leave verification on (rejectUnauthorized), and trust a CA of your own by naming it (ca), not by trusting everybody.',
  run: (probe) => refusesCertificate(probe, 'wrong-name', 'for another name'),
} satisfies Check;
