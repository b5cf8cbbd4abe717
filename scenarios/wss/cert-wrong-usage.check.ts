import type { Check } from '../../harness/model.js';
import { refusesCertificate } from './bad-certificate.js';

export default {
  title: 'The client refuses a certificate that is not for servers',
  requirement:
    'If the extension is present, then the certificate MUST only be used for one of the purposes indicated.',
  severity: 'high',
  judges: 'client',
  lures: true,
  kind: 'vulnerability',
  cwe: 'CWE-295',
  refs: ['RFC 5280 §4.2.1.12', 'RFC 6455 §4.1'],
  why: 'Certificates for users and devices are given out by the thousand, and each of them could pass itself off as the server.',
  remedy:
    'Leave verification on (rejectUnauthorized): OpenSSL looks at the extended key usage, as browsers do.',
  run: (probe) =>
    refusesCertificate(probe, 'wrong-usage', 'whose extended key usage is to prove clients alone'),
} satisfies Check;
