import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { blame } from './shown.js';

export default {
  title: 'The client speaks no TLS older than 1.2',
  requirement: 'Implementations MUST NOT negotiate TLS version 1.0, and MUST NOT negotiate TLS version 1.1.',
  severity: 'medium',
  kind: 'hardening',
  judges: 'client',
  lures: true,
  cwe: 'CWE-326',
  refs: ['RFC 8996', 'RFC 9325 §3.1.1'],
  why: 'The old versions rest on SHA-1 and MD5; who is in between can make both sides fall back to them.',
  remedy: 'Leave the least version at TLS 1.2 (minVersion of Node.js), and ask for no SECLEVEL=0.',
  async run(probe) {
    for (const tls of ['TLSv1.1', 'TLSv1'] as const) {
      await using caught = await probe.lure({ certificate: 'good', tls, serve: (visit) => visit.accept() });
      if (caught.visit) return fail('no connection', `it speaks ${tls}`, { blame });
      if (probe.client.launch && !caught.turnedAway) return skip('the client did not come');
    }
    return pass('neither 1.1 nor 1.0');
  },
} satisfies Check;
