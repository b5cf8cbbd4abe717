import type { Check } from '../../harness/model.js';
import { info, pass, skip, warn } from '../../harness/verdict.js';
import { unnamed } from './tenant.js';

const STRANGER = 'stranger.invalid';

export default {
  title: 'A host that is not served here is turned away',
  requirement:
    'A client that asks for a name that is none of the server’s, by SNI and by Host, gets no WebSocket.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-346',
  refs: ['RFC 6066 §3', 'RFC 9110 §7.4', 'RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'Names of others can be pointed at the server (DNS rebinding, a lapsed entry); what answers to any name serves them, too.',
  remedy: 'Have the default host refuse, and answer 421 where Host is unknown.',
  fixes: {
    nginx: 'server { listen 443 ssl default_server; ssl_reject_handshake on; }',
    haproxy: 'bind :443 ssl crt … strict-sni',
  },
  async run(probe) {
    const not = unnamed(probe);
    if (not) return not;
    const usual = await probe.knock();
    if (usual.reception !== 'accepted') return skip(`no baseline here: ${usual.told}`);
    const made = await probe.knock({
      tls: { servername: STRANGER, trustAll: true },
      change: { Host: STRANGER },
    });
    const blame = probe.suspect();
    if (made.reception === 'no-answer') return warn(`no answer to an unknown name: ${made.told}`, { blame });
    if (made.reception === 'unclear') return info(made.told);
    if (made.reception !== 'accepted') return pass(`turned away: ${made.told}`);
    const actual = `the WebSocket is open to ${STRANGER} as well`;
    return warn(actual, { expected: 'a refusal', actual, blame });
  },
} satisfies Check;
