import type { Check } from '../../harness/model.js';
import { withCredentials } from '../judging/credentials.js';
import { mustStayOut } from './guarded.js';
import { findToken, unsigned } from './tokens.js';

export default {
  title: 'A token without a signature is refused',
  requirement: 'An Unsecured JWS MUST NOT be accepted unless the application has asked for it explicitly.',
  severity: 'critical',
  kind: 'vulnerability',
  cwe: 'CWE-347',
  refs: ['RFC 8725 §3.1', 'RFC 7518 §3.6'],
  judges: 'endpoint',
  why: 'Who can have a token taken without its signature can be any user.',
  remedy: 'Name the algorithms that are taken when tokens are verified; never “none”.',
  fixes: { jsonwebtoken: "jwt.verify(token, key, { algorithms: ['RS256'] })" },
  async run(probe) {
    const { target, route } = probe;
    const token = findToken(target, route);
    if (token === undefined) return mustStayOut(probe, 'no JSON Web Token is among the credentials');
    return mustStayOut(
      probe,
      unsigned(token).map(({ name, value }) => ({
        name,
        options: withCredentials(target, (one) => one.value.replace(token, () => value), route),
      })),
    );
  },
} satisfies Check;
