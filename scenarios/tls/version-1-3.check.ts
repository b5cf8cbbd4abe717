import type { Check } from '../../harness/model.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { sessionAt } from './session.js';

export default {
  title: 'TLS 1.3 is offered',
  requirement:
    'Implementations SHOULD support TLS 1.3 and, if implemented, MUST prefer to negotiate TLS 1.3 over earlier versions of TLS.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-757',
  refs: ['RFC 9325 §3.1.1', 'RFC 8446'],
  judges: 'endpoint',
  why: 'TLS 1.3 has no key exchange without forward secrecy, no CBC, no renegotiation, encrypts the certificates, and takes one round trip less.',
  remedy: 'Allow it, beside TLS 1.2.',
  fixes: {
    nginx: 'ssl_protocols TLSv1.2 TLSv1.3;',
    haproxy: 'ssl-default-bind-options ssl-min-ver TLSv1.2',
    ws: "https.createServer({ cert, key, minVersion: 'TLSv1.2' }), without a maxVersion",
  },
  async run(probe) {
    const found = await sessionAt(probe);
    if ('not' in found) return found.not;
    const { version } = found.session;
    const measured = { version };
    if (version === 'TLSv1.3') return pass('TLS 1.3 settled on', { measured });
    const made = await probe.dial({ tls: { version: 'TLSv1.3', trustAll: true } });
    const blame = probe.suspect();
    if (made.tls) return warn(`${version} is preferred over TLS 1.3`, { measured, blame });
    if (made.handshake === 'no-answer')
      return skip(`no answer where TLS 1.3 alone is offered: ${told(made)}`);
    const actual = `${version} at best`;
    return warn(actual, { measured, blame, expected: 'TLS 1.3', actual });
  },
} satisfies Check;
