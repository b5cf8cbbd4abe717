import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { credentialsOf, withCredentials } from '../judging/credentials.js';
import { isRefusal, seen } from '../judging/seen.js';
import { ALLOWLIST } from './fixes.js';
import { gainOf } from './gravity.js';
import { FOREIGN, policyOf } from './policy.js';

export default {
  title: 'A foreign page cannot open a connection with the user’s credentials',
  requirement:
    'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
  severity: 'critical',
  kind: 'vulnerability',
  cwe: 'CWE-1385',
  refs: ['RFC 6455 §10.2', 'RFC 6455 §4.2.2'],
  judges: 'endpoint',
  why: 'Browsers open WebSockets to any server for any page, and send cookies, HTTP authentication and client certificates along. What the user may do and read over the connection, a hostile page may then do and read (cross-site WebSocket hijacking). Cookies with SameSite are kept back from other sites, not from other hosts of the same site.',
  remedy:
    'Compare Origin with a list of the origins that are meant, whole, and answer 403 to any other; or ask for a token that only the page has.',
  fixes: ALLOWLIST,
  budget: { connections: 12 },
  async run(probe) {
    const { target, route } = probe;
    const ambient = credentialsOf(target, route).filter((one) => one.ambient);
    if (ambient.length === 0)
      return skip(
        'no credentials are given that browsers send by themselves; give them with --cookie, --basic or --cert',
      );
    const { foreign } = await policyOf(probe);
    if (isRefusal(foreign)) return pass(`a foreign origin: ${foreign.told}`);
    if (foreign.reception !== 'accepted')
      return skip(`it is not clear what becomes of a foreign origin: ${foreign.told}`);
    const page = withCredentials(target, (one) => (one.ambient ? one.value : undefined), route);
    const forged = await seen(probe, { ...page, change: { ...page.change, Origin: FOREIGN } });
    if (isRefusal(forged)) return pass(`without the token that only the page has: ${forged.told}`);
    if (forged.reception !== 'accepted')
      return skip(`it is not clear what becomes of a foreign page’s handshake: ${forged.told}`);
    const { kind, because } = await gainOf(probe);
    if (kind === 'hijack')
      return fail('refused with 403', `let in from ${FOREIGN} (${forged.told}); ${because}`);
    return warn(
      `let in from ${FOREIGN}, but so is who shows no credentials; whether these give rights besides cannot be seen from here`,
      { severity: 'medium' },
    );
  },
} satisfies Check;
