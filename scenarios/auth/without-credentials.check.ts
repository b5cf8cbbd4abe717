import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { credentialsOf, credentialsTold } from '../judging/credentials.js';
import { isBusy, isRefusal } from '../judging/seen.js';
import { anonymousOf, isLogin, isTelling, NONE_GIVEN } from './anonymous.js';
import { BEFORE } from './fixes.js';

export default {
  title: 'Nobody is let in without credentials',
  requirement: 'A server that asks for credentials refuses a handshake that shows none.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-306',
  refs: ['RFC 6455 §10.5', 'RFC 9110 §11.4'],
  judges: 'endpoint',
  why: 'WebSocket has no login of its own: what the handshake shows is all there is. If it works without, everybody has what the credentials were to guard.',
  remedy: 'Judge the credentials in the handler of the upgrade and answer 401 before the 101.',
  fixes: BEFORE,
  async run(probe) {
    const { target, route } = probe;
    const credentials = credentialsOf(target, route);
    if (credentials.length === 0) return skip(NONE_GIVEN);
    if (isLogin(target.hello))
      return skip('the first message may be a login itself, and goes with every connection');
    const came = await anonymousOf(probe);
    const expected = 'refused with 401';
    const left = `without the ${credentialsTold(credentials)}`;
    if (isBusy(came)) return skip(`the server has too much to do to tell: ${came.told}`);
    if (isRefusal(came)) return pass(`${left} → ${came.told}`);
    // TLS refuses by an alert and the end of the connection (RFC 8446 §4.4.2.4).
    if (came.reception === 'reset' && credentials.every((one) => one.in === 'certificate'))
      return pass(`${left} → ${came.told}`);
    if (came.reception === 'reset' || came.reception === 'no-answer')
      return warn(`${left} → ${came.told}`, { expected, actual: came.told, severity: 'low' });
    if (came.reception === 'accepted' && isTelling(await probe.acquaintance()))
      return fail(expected, `${left} it is all the same: ${came.told}`);
    return warn(
      `${left} a connection is had, and nothing that came over it tells what it is good for: ${came.told}`,
      {
        expected,
        actual: came.told,
        severity: 'medium',
      },
    );
  },
} satisfies Check;
