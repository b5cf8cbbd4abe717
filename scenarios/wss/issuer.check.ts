import { X509Certificate } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, info, pass, skip } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { IN_CLEAR, overTls } from './route.js';

export default {
  title: 'The certificate comes from whom the client trusts',
  requirement:
    'The certificate that the client is shown is issued by the CA that the client expects, and stands up to its verification.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-295',
  refs: ['RFC 6455 §4.1', 'RFC 9110 §4.3.4'],
  judges: 'either',
  why: 'Another issuer than the expected one is the mark of somebody who opens the TLS on the way.',
  remedy:
    'Find out who signs: an inspecting proxy, a wrong chain at the hop that ends TLS, or somebody who should not.',
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const seen = await probe.dial({ tls: { trustAll: true } });
    if (!seen.tls) return skip(`no certificate was shown: ${told(seen)}`);
    const { issuer, distrust, misnamed } = seen.tls;
    const measured = { issuer };
    if (probe.route.ca === undefined) return info(`issued by ${show(issuer)}`, measured);
    // A name is soon forged; the signature is not.
    const fault = distrust ?? misnamed;
    const expected = commonName(probe.route.ca);
    if (fault === undefined && issuer === expected) return pass(`issued by ${expected}`, { measured });
    // Between a CA that a user names and the certificate others may stand; whom it stands behind is for the user to say.
    if (fault === undefined && !probe.ours)
      return info(`issued by ${show(issuer)}, whom ${show(expected)} stands behind`, measured);
    const extras = { measured, blame: probe.suspect() };
    if (issuer !== expected) return fail(`issued by ${show(expected)}`, `issued by ${show(issuer)}`, extras);
    return fail('a certificate that verifies', fault ?? 'another one', extras);
  },
} satisfies Check;

function commonName(pem: string): string {
  return /^CN=(.*)$/m.exec(new X509Certificate(pem).subject)?.[1] ?? '';
}
