import type { Check } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { emptied } from '../judging/altered.js';
import { credentialsOf, credentialsTold, withCredentials } from '../judging/credentials.js';
import { NONE_GIVEN } from './anonymous.js';
import { BEFORE } from './fixes.js';
import { mustStayOut } from './guarded.js';

export default {
  title: 'Nobody is let in with empty credentials',
  requirement: 'A server that asks for credentials refuses those that are not right, empty ones too.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-287',
  refs: ['RFC 6455 §10.5', 'RFC 9110 §11.4'],
  judges: 'endpoint',
  why: 'An empty token equals the secret that was never configured, the session of nobody, or the user of an anonymous bind.',
  remedy: 'Refuse an empty value before anything is compared with it.',
  fixes: BEFORE,
  async run(probe) {
    const { target, route } = probe;
    const credentials = credentialsOf(target, route).filter(
      (one) => one.in === 'header' || one.in === 'query',
    );
    if (credentials.length === 0) return skip(NONE_GIVEN);
    const options = withCredentials(
      target,
      (one) => (one.in === 'header' || one.in === 'query' ? emptied(one) : undefined),
      route,
    );
    return mustStayOut(probe, [{ name: `nothing in the ${credentialsTold(credentials)}`, options }]);
  },
} satisfies Check;
