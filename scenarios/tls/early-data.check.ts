import type { Check } from '../../harness/model.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { IN_CLEAR, overTls } from '../wss/route.js';
import { readTicket } from './ticket.js';

export default {
  title: 'No handshake is taken as early data',
  requirement:
    'An origin server MUST NOT make assumptions about the safety of early data; what has effects is answered with 425 (Too Early).',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-294',
  refs: ['RFC 8470 §3', 'RFC 8446 §8'],
  judges: 'endpoint',
  why: 'What a client sends before the handshake of TLS is over can be recorded and sent again by others: an upgrade request with its cookies, and the messages behind it.',
  remedy: 'Leave 0-RTT off; or have the server behind it answer 425 to upgrades that carry Early-Data: 1.',
  fixes: {
    nginx:
      'ssl_early_data off; or proxy_set_header Early-Data $ssl_early_data; with a server behind it that heeds it',
    haproxy: 'bind :443 ssl crt … without allow-0rtt; or http-request wait-for-handshake',
  },
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const made = await probe.dial({ tls: { trustAll: true } });
    if (!made.tls) return skip(`no baseline here: no TLS session: ${told(made)}`);
    const { version, ticket } = made.tls;
    if (version !== 'TLSv1.3') return pass(`${version} has no early data`);
    // Tickets come ahead of the answer. Early data is for a session that is resumed, and for no other.
    if (!ticket && !made.answer)
      return skip(`no answer was had, behind which a ticket would have come: ${told(made)}`);
    if (!ticket) return pass('no session can be resumed, and without that there is no early data');
    const { earlyData } = readTicket(ticket);
    const measured = { earlyData };
    if (earlyData === 0) return pass('its sessions allow no early data', { measured });
    const actual = `sessions with ${earlyData} octets of early data`;
    return warn(`${actual}: whether upgrades in it are answered with 425 is to be seen at the server`, {
      measured,
      expected: 'sessions without early data',
      actual,
      blame: probe.suspect(),
    });
  },
} satisfies Check;
