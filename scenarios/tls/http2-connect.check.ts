import type { Check } from '../../harness/model.js';
import { fail, info, pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { IN_CLEAR, overTls } from '../wss/route.js';
import { announces, openByConnect } from './http2.js';

export default {
  title: 'Where WebSocket over HTTP/2 is announced, it works',
  requirement:
    'A server that sends SETTINGS_ENABLE_CONNECT_PROTOCOL with a value of 1 serves WebSockets by an extended CONNECT.',
  severity: 'medium',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 8441 §3', 'RFC 8441 §4', 'RFC 8441 §5'],
  judges: 'endpoint',
  why: 'Browsers that have an HTTP/2 connection with such a host open WebSockets over it and nowhere else. Without the announcement they open one of their own, with http/1.1 alone.',
  remedy: 'Pass extended CONNECT on to the WebSocket server, or do not announce it.',
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const usual = await probe.knock();
    if (usual.reception !== 'accepted') return skip(`no baseline here: ${usual.told}`);
    const offer = { alpn: ['h2', 'http/1.1'] };
    const made = await probe.dial({ tls: offer });
    if (!made.tls) return skip(`no TLS session where h2 is offered: ${told(made)}`);
    if (made.tls.alpn !== 'h2')
      return skip(`no HTTP/2 is spoken here: ALPN settled on ${made.tls.alpn ?? 'nothing'}`);
    const { answerMs } = probe.patience;
    const peer = await probe.connect({ tls: offer });
    const announced = await announces(peer, answerMs);
    if (announced === undefined) return skip('h2 was settled on, and no SETTINGS came');
    const measured = { announced };
    if (!announced) {
      return info(
        'HTTP/2 without WebSocket over it: browsers open WebSockets by http/1.1, on connections of their own',
        measured,
      );
    }
    const { path, headers, origin, subprotocols } = probe.target;
    const came = await openByConnect(
      peer,
      [
        [':method', 'CONNECT'],
        [':protocol', 'websocket'],
        [':scheme', 'https'],
        [':path', path],
        [':authority', new URL(probe.route.url).host],
        ['sec-websocket-version', '13'],
        ...(subprotocols.length > 0 ? [['sec-websocket-protocol', subprotocols.join(', ')] as const] : []),
        ...(origin === undefined ? [] : [['origin', origin] as const]),
        ...headers.filter(([name]) => !/^(?:host|connection|upgrade)$/i.test(name)),
      ],
      answerMs,
    );
    if (came === '200') return pass('announced, and open by an extended CONNECT', { measured });
    if (came === undefined)
      return warn('announced, and no answer to an extended CONNECT', { measured, severity: 'low' });
    return fail('200 to an extended CONNECT', came, { measured, blame: probe.suspect() });
  },
} satisfies Check;
