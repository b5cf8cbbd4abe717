import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { IN_CLEAR, overTls } from './route.js';

const OLD = ['TLSv1', 'TLSv1.1'] as const;

export default {
  title: 'TLS older than 1.2 is refused',
  requirement: 'TLS 1.0 and TLS 1.1 MUST NOT be used.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-327',
  refs: ['RFC 8996 §4', 'RFC 8996 §5', 'RFC 9325 §3.1.1'],
  judges: 'either',
  why: 'The old versions rest on SHA-1 and MD5, and let an attacker on the way choose the weakest that both sides take.',
  remedy: 'Take TLS 1.2 and 1.3 alone.',
  fixes: {
    nginx: 'ssl_protocols TLSv1.2 TLSv1.3;',
    haproxy: 'ssl-default-bind-options ssl-min-ver TLSv1.2',
    squid: 'options=NO_TLSv1,NO_TLSv1_1 and tls-min-version=1.2',
    ws: "https.createServer({ cert, key, minVersion: 'TLSv1.2' }), and new WebSocketServer({ server })",
  },
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const right = await probe.dial();
    if (!right.tls) return skip(`no baseline here: ${told(right)}`);
    const dials = await Promise.all(OLD.map((version) => probe.dial({ tls: { version, trustAll: true } })));
    const taken = OLD.filter((_, i) => dials[i]!.tls);
    const expected = `${OLD.join(' and ')} refused`;
    if (taken.length > 0) {
      return fail(expected, `${taken.join(' and ')} taken`, { blame: probe.suspect() });
    }
    // The library that this client is made with may know them no more.
    const unable = dials.find(({ failure }) => failure && /no protocols available|no ciphers/i.test(failure));
    if (unable) return skip(`this machine's TLS library does not offer them: ${unable.failure}`);
    if (dials.some(({ handshake }) => handshake === 'no-answer')) {
      return warn('no answer to a ClientHello of an old version, and no end');
    }
    return pass(`${OLD.join(' and ')} refused, ${right.tls.version} taken`);
  },
} satisfies Check;
