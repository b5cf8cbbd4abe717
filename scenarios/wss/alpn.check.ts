import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { IN_CLEAR, overTls } from './route.js';

export default {
  title: 'ALPN settles on HTTP/1.1, also for clients that offer h2 beside it',
  requirement:
    'A client that offers http/1.1 gets it; one that offers h2 as well gets h2 only where WebSocket over HTTP/2 is served.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 7301 §3.2', 'RFC 8441 §3', 'RFC 6455 §4.1'],
  judges: 'either',
  why: 'Where h2 is chosen, an Upgrade means nothing any more: a client that offers both and speaks HTTP/1.1 only to upgrade cannot connect.',
  remedy: 'Serve WebSocket over HTTP/2 (RFC 8441) where h2 is offered, or offer http/1.1 alone there.',
  fixes: {
    nginx: 'listen 443 ssl; without http2, for a host of WebSockets alone',
    haproxy: 'bind :443 ssl crt … alpn http/1.1',
  },
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const alone = await probe.dial({ tls: { alpn: ['http/1.1'] } });
    if (!alone.tls || !alone.conforms) return skip(`no baseline here: ${told(alone)}`);
    const both = await probe.dial({ tls: { alpn: ['h2', 'http/1.1'] } });
    const alpn = both.tls?.alpn ?? 'none';
    const blame = probe.suspect();
    if (!both.tls) return fail('a handshake with h2 offered beside http/1.1', told(both), { blame });
    if (alpn === 'h2') {
      const message =
        'h2 is chosen where it is offered: such a client needs WebSocket over HTTP/2 there; browsers offer http/1.1 alone for it';
      return warn(message, {
        measured: { alpn },
        expected: 'http/1.1 chosen',
        actual: 'h2 chosen',
        severity: 'low',
        blame,
      });
    }
    if (!both.conforms) return fail('101 with h2 offered beside http/1.1', both.handshake, { blame });
    return pass(alpn === 'none' ? 'no ALPN, and 101' : `${alpn} chosen, and 101`, { measured: { alpn } });
  },
} satisfies Check;
