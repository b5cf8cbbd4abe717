import type { Check } from '../../harness/model.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { IN_CLEAR, overTls } from '../wss/route.js';

export default {
  title: 'A client that offers only protocols that are not served is turned away',
  requirement:
    'In the event that the server supports no protocols that the client advertises, then the server SHALL respond with a fatal no_application_protocol alert.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-436',
  refs: ['RFC 7301 §3.2', 'RFC 9325 §3.8', 'https://alpaca-attack.com'],
  judges: 'endpoint',
  why: 'A connection that was meant for a mail or FTP server of the same name can be led to this one, and what is sent there taken for HTTP (ALPACA).',
  remedy: 'Configure ALPN, and be strict about it.',
  fixes: { nginx: '1.21.4 and later are strict by themselves' },
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const usual = await probe.knock();
    if (usual.reception !== 'accepted') return skip(`no baseline here: ${usual.told}`);
    const made = await probe.dial({ tls: { alpn: ['gauntlet-unknown'] } });
    const blame = probe.suspect();
    if (made.tls) {
      const settled = made.tls.alpn
        ? `${made.tls.alpn} settled on`
        : 'the session was had without a protocol';
      const actual = `${settled}, then ${told(made)}`;
      return warn(actual, { expected: 'an alert', actual, blame });
    }
    if (made.handshake === 'no-answer')
      return warn('no answer to a ClientHello with an unknown protocol', { blame });
    return pass(made.failure ?? made.handshake);
  },
} satisfies Check;
