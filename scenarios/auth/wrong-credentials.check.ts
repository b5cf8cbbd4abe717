import type { Check } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { altered } from '../judging/altered.js';
import { credentialsOf, credentialsTold, withCredentials } from '../judging/credentials.js';
import { NONE_GIVEN } from './anonymous.js';
import { BEFORE } from './fixes.js';
import { mustStayOut } from './guarded.js';

export default {
  title: 'Nobody is let in with wrong credentials',
  requirement: 'A server that asks for credentials refuses those that are not right.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-287',
  refs: ['RFC 6455 §10.5', 'RFC 9110 §11.4'],
  judges: 'endpoint',
  why: 'Where the mere presence of a token or cookie lets in, or a signature is not verified, anybody can make one up.',
  remedy: 'Verify what is shown (signature, expiry, audience; session in the store) before the 101.',
  fixes: BEFORE,
  async run(probe) {
    const { target, route } = probe;
    const credentials = credentialsOf(target, route).filter((one) => one.in !== 'certificate');
    if (credentials.length === 0) return skip(NONE_GIVEN);
    const options = withCredentials(target, (one) => (one.in === 'certificate' ? '' : altered(one)), route);
    return mustStayOut(probe, [
      { name: `another character in the ${credentialsTold(credentials)}`, options },
    ]);
  },
} satisfies Check;
