import type { Check } from '../../harness/model.js';
import { pass, warn } from '../../harness/verdict.js';
import { greet, onlyNewest, ungreeted } from './greet.js';
import { sessionAt } from './session.js';
import { AUTHENTICATED_ENCRYPTION, nameOf, numbersOf } from './suites.js';

export default {
  title: 'Authenticated encryption can be had',
  requirement:
    'Implementations SHOULD support suites with authenticated encryption, such as AES-GCM, and prefer them over those with CBC.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-327',
  refs: ['RFC 9325 §4.2', 'RFC 7525 §4.2'],
  judges: 'endpoint',
  why: 'Suites with CBC protect the plaintext and not what is sent; Lucky 13 and its kin tell plaintext by how long a server takes to find that out.',
  remedy: 'Offer ECDHE with AES-GCM or ChaCha20-Poly1305; or TLS 1.3, which has nothing else.',
  fixes: {
    nginx:
      'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;',
    haproxy:
      'ssl-default-bind-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
  },
  async run(probe) {
    const found = await sessionAt(probe);
    if ('not' in found) return found.not;
    const { version, cipher = '' } = found.session;
    const measured = { version, cipher };
    if (version === 'TLSv1.3' || /GCM|CCM|POLY1305/.test(cipher))
      return pass(`${cipher} settled on`, { measured });
    const not = await ungreeted(probe);
    if (not || (await onlyNewest(probe))) return not ?? pass(`${cipher} settled on`, { measured });
    const met = await greet(probe, { suites: numbersOf(AUTHENTICATED_ENCRYPTION) });
    const extras = { measured, blame: probe.suspect() };
    if (met.hello) return warn(`${cipher} is preferred over ${nameOf(met.hello.suite)}`, extras);
    const actual = `${cipher} settled on; suites with authenticated encryption: ${met.told}`;
    return warn(actual, { ...extras, expected: 'a suite with authenticated encryption', actual });
  },
} satisfies Check;
