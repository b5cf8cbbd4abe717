import type { Check } from '../../harness/model.js';
import { refusesCertificate } from './bad-certificate.js';

export default {
  title: 'The client refuses a certificate that names the host in its common name alone',
  requirement: 'A reference identity of type CN-ID MUST NOT be used by clients.',
  severity: 'low',
  judges: 'client',
  lures: true,
  kind: 'hardening',
  cwe: 'CWE-297',
  refs: ['RFC 9110 §4.3.4', 'RFC 9525'],
  why: 'CAs check names in the subjectAltName and no others, so a common name is a text that nobody vouches for. Browsers have ignored it since 2017; Node.js still falls back to it.',
  remedy: 'Check the subjectAltName in a checkServerIdentity of your own; issue certificates with one.',
  run: (probe) => refusesCertificate(probe, 'cn-only', 'that names the host in its common name alone'),
} satisfies Check;
