import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { anonymous, credentialsOf } from '../judging/credentials.js';
import { isRefusal } from '../judging/seen.js';
import { anonymousOf } from './anonymous.js';
import { BEFORE } from './fixes.js';

export default {
  title: 'The upgrade asks for the credentials that a plain request is asked for',
  requirement: 'A path that is guarded is guarded for the upgrade as for any other request.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-288',
  refs: ['RFC 6455 §10.5', 'RFC 9110 §11'],
  judges: 'endpoint',
  why: 'In many frameworks the upgrade does not go through the middleware that logs users in: the page asks for a password and the WebSocket at the same path does not.',
  remedy: 'Call the same code that guards the path from the handler of the upgrade.',
  fixes: BEFORE,
  async run(probe) {
    const { target, route } = probe;
    const { path = target.path } = anonymous(probe);
    const withinMs = probe.patience.answerMs;
    const plain = await probe.http(path, { withinMs });
    const guarded = plain.status === 401 || plain.status === 403;
    if (!guarded)
      return skip(
        `a plain GET of ${show(path)} is not asked for credentials (${plain.status ?? plain.handshake})`,
      );
    // It may refuse plain requests from everybody.
    const credentials = credentialsOf(target, route).filter((one) => one.in === 'header');
    const asks = plain.headers.some(([name]) => /^www-authenticate$/i.test(name));
    if (!asks) {
      if (credentials.length === 0)
        return skip(`a plain GET is refused with ${plain.status}, and not for credentials`);
      const headers = credentials.map(({ name, value }) => [name, value] as const);
      const shown = await probe.http(target.path, { headers, withinMs });
      if (shown.status === undefined || shown.status === plain.status)
        return skip(`a plain GET is refused with ${plain.status} with the credentials as well`);
    }
    const came = await anonymousOf(probe);
    if (came.reception === 'accepted')
      return fail(
        `refused, as a plain GET is (${plain.status})`,
        `the upgrade without credentials: ${came.told}`,
      );
    if (isRefusal(came)) return pass(`a plain GET: ${plain.status}; the upgrade: ${came.told}`);
    return skip(`it is not clear what becomes of the upgrade without credentials: ${came.told}`);
  },
} satisfies Check;
