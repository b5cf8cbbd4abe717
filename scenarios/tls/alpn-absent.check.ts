import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { IN_CLEAR, overTls } from '../wss/route.js';

export default {
  title: 'A client without ALPN is served',
  requirement: 'Clients need not use ALPN: one that offers no protocol speaks HTTP/1.1.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 7301 §3.1'],
  judges: 'endpoint',
  why: 'Many WebSocket clients offer no protocol at all, and would be shut out.',
  remedy: 'Take HTTP/1.1 for granted where no protocol is offered.',
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const usual = await probe.knock();
    if (usual.reception !== 'accepted') return skip(`no baseline here: ${usual.told}`);
    const made = await probe.knock({ tls: { alpn: [] } });
    if (made.reception === 'accepted') return pass(made.told);
    if (made.reception === 'unclear') return warn(made.told, { blame: probe.suspect() });
    return fail('accepted, as with http/1.1 offered', made.told, { blame: probe.suspect() });
  },
} satisfies Check;
