import type { Check } from '../../harness/model.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { onlyNewest, ungreeted } from './greet.js';

/** More than Node.js takes in ten minutes, which is 3. */
const TRIES = 8;

export default {
  title: 'Clients cannot have the handshake of TLS done again and again',
  requirement: 'A server does not take renegotiations that a client begins, or only a few.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-400',
  refs: ['RFC 9325 §3.5', 'CVE-2011-1473'],
  judges: 'endpoint',
  why: 'Each costs the server many times what it costs the client, and no limit of connections counts them.',
  remedy: 'Turn them off (SSL_OP_NO_RENEGOTIATION; OpenSSL 3 has them off by itself).',
  async run(probe) {
    const not = await ungreeted(probe);
    if (not) return not;
    if (await onlyNewest(probe)) return pass('TLS 1.3 alone is taken, which has no renegotiation');
    const peer = await probe.connect({ tls: { version: 'TLSv1.2', trustAll: true } });
    // Some take a few and end the connection over more, which bounds what it costs.
    for (let taken = 0; taken < TRIES; taken++) {
      const came = await peer.renegotiate(probe.patience.answerMs);
      if (came === 'taken') continue;
      if (came === 'no-answer') return skip('no answer to a renegotiation, and no end: it cannot be told');
      const measured = { renegotiations: taken };
      const what = came === 'refused' ? 'a renegotiation was refused' : 'the connection was ended over it';
      return pass(taken === 0 ? what : `${what}, after ${taken} that were taken`, { measured });
    }
    const actual = `${TRIES} renegotiations of the client were taken`;
    return warn(actual, {
      measured: { renegotiations: TRIES },
      expected: 'renegotiations refused, or limited',
      actual,
      blame: probe.suspect(),
    });
  },
} satisfies Check;
