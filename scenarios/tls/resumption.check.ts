import type { Check } from '../../harness/model.js';
import { fail, info, pass, skip } from '../../harness/verdict.js';
import { IN_CLEAR, overTls } from '../wss/route.js';
import { readTicket } from './ticket.js';

export default {
  title: 'A WebSocket opens on a session of TLS that is resumed',
  requirement: 'A session that the server lets a client resume serves as a new one does.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-703',
  refs: ['RFC 8446 §2.2', 'RFC 5077'],
  judges: 'endpoint',
  why: 'Browsers resume sessions by themselves: where that leads to another server or context, they cannot connect, and only the second time.',
  remedy: 'Share ticket keys among the servers of one name, and no others.',
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const first = await probe.knock({ tls: { trustAll: true } });
    if (!first.tls || first.reception !== 'accepted') return skip(`no baseline here: ${first.told}`);
    const { ticket } = first.tls;
    if (!ticket) return info('no session can be resumed: the server gives none', { resumed: false });
    const again = await probe.knock({ tls: { trustAll: true, session: ticket } });
    const resumed = again.tls?.resumed ?? false;
    const { lifetime } = readTicket(ticket);
    const measured = { resumed, ...(lifetime !== undefined && { lifetimeS: lifetime }) };
    if (again.reception === 'accepted')
      return resumed ? pass('resumed', { measured }) : info('the session was not resumed', measured);
    return fail('accepted as on a new session', again.told, { measured, blame: probe.suspect() });
  },
} satisfies Check;
