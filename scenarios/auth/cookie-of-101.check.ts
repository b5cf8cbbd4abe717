import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { info, pass } from '../../harness/verdict.js';

export default {
  title: 'The 101 sets no cookie',
  requirement: 'A session is begun or renewed where a user logs in, and not by the handshake.',
  severity: 'info',
  kind: 'hardening',
  cwe: 'CWE-384',
  refs: ['RFC 6455 §4.1', 'RFC 6265 §4.1'],
  judges: 'endpoint',
  why: 'A handshake that begins a session begins one for every page that opens a connection; one that renews it may throw out the other tabs of the user, and is lost where a proxy keeps the 101 for itself.',
  remedy: 'Begin sessions in the answer to a login, and let the upgrade only read them.',
  async run(probe) {
    const { headers } = await probe.acquaintance();
    const names = headers.flatMap(([name, value]) =>
      /^set-cookie$/i.test(name) ? [value.split('=', 1)[0]!.trim()] : [],
    );
    if (names.length === 0) return pass('it sets none');
    const sent = probe.target.headers
      .filter(([name]) => /^cookie$/i.test(name))
      .flatMap(([, value]) => value.split(/;\s*/).map((pair) => pair.split('=', 1)[0]));
    const told = names.map((name) => `${show(name, 40)} (${sent.includes(name) ? 'renewed' : 'new'})`);
    return info(`it sets ${told.slice(0, 6).join(', ')}`, { cookies: names.length });
  },
} satisfies Check;
