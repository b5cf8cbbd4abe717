import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { credentialsOf } from '../judging/credentials.js';
import { isRefusal, seen } from '../judging/seen.js';

const TICKET = /ticket|nonce|otp|one[-_]?time|once/i;

export default {
  title: 'No lasting credentials stand in the URL',
  requirement:
    'Because of the security weaknesses associated with the URI method, including the high likelihood that the URL containing the access token will be logged, it SHOULD NOT be used.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-598',
  refs: ['RFC 6750 §2.3', 'RFC 9110 §17.9'],
  judges: 'endpoint',
  why: 'Every proxy and server on the way writes URLs into its log, and browsers keep them; who reads a log has the token. A ticket that is good once is worth nothing there; one that is good again is a token.',
  remedy:
    'Send the token as a cookie, as a subprotocol or as the first message; or put a ticket in the URL that the first handshake uses up, and that expires within seconds.',
  fixes: { redis: 'GETDEL ticket:<value>' },
  async run(probe) {
    await probe.acquaintance();
    const inUrl = credentialsOf(probe.target, probe.route).filter((one) => one.in === 'query');
    if (inUrl.length === 0) return pass('no parameter of the URL is named like a credential');
    const names = inUrl.map(({ name }) => show(name, 40)).join(', ');
    const measured = { names };
    if (!inUrl.some(({ name }) => TICKET.test(name)))
      return warn(`parameters of the URL that are named like credentials: ${names}`, { measured });
    // The baseline has used it.
    const again = await seen(probe, {});
    if (again.reception === 'accepted')
      return fail('refused the second time', `${names} let in again: ${again.told}`, {
        measured,
        severity: 'high',
      });
    if (isRefusal(again)) return pass(`${names}, the second time: ${again.told}`, { measured });
    return skip(`it is not clear what became of ${names} the second time: ${again.told}`);
  },
} satisfies Check;
