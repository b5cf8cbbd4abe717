import type { Check } from '../../harness/model.js';
import { info, pass, skip, warn } from '../../harness/verdict.js';
import { unnamed } from './tenant.js';

export default {
  title: 'Without a name, no other tenant’s WebSocket answers',
  requirement:
    'A client that names no host by SNI is turned away, or gets the certificate of the host that serves it.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-346',
  refs: ['RFC 6455 §4.1', 'RFC 6066 §3'],
  judges: 'endpoint',
  why: 'The certificate of one tenant before the WebSocket of another lets clients believe that they talk to the first.',
  remedy: 'Have the default host refuse, and hold SNI against Host (421).',
  fixes: {
    nginx: 'server { listen 443 ssl default_server; ssl_reject_handshake on; }',
    haproxy: 'bind :443 ssl crt … strict-sni',
  },
  async run(probe) {
    const not = unnamed(probe);
    if (not) return not;
    const usual = await probe.knock({ tls: { trustAll: true } });
    if (!usual.tls || usual.reception !== 'accepted') return skip(`no baseline here: ${usual.told}`);
    const made = await probe.knock({ tls: { servername: false, trustAll: true } });
    if (made.reception === 'no-answer') return warn(`no answer without SNI: ${made.told}`);
    if (!made.tls) return pass(`turned away: ${made.told}`);
    const same = made.tls.fingerprint === usual.tls.fingerprint;
    const measured = { sameCertificate: same, handshake: made.handshake };
    if (made.reception === 'accepted') {
      if (same) return pass('served with the same certificate', { measured });
      const actual = `served with another certificate, of ${made.tls.chain?.[0]?.subject ?? 'nobody'}`;
      return warn(actual, { measured, actual, expected: 'the same certificate', blame: probe.suspect() });
    }
    return made.reception === 'unclear'
      ? info(made.told, measured)
      : pass(`turned away: ${made.told}`, { measured });
  },
} satisfies Check;
