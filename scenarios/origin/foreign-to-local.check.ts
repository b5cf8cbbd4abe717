import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { anonymous, credentialsOf } from '../judging/credentials.js';
import { isRefusal, seen } from '../judging/seen.js';
import { whereabouts } from '../judging/whereabouts.js';
import { ALLOWLIST } from './fixes.js';
import { gainOf } from './gravity.js';
import { FOREIGN, policyOf } from './policy.js';

export default {
  title: 'A foreign page cannot reach into a server of this machine or network',
  requirement:
    'A server that only some can reach lets in the pages that are meant, since a browser reaches it for any page.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-1385',
  refs: ['RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'A server on loopback or behind a firewall is not hidden from the pages that its users visit: their browsers connect to it from the inside. Development servers and programs of the desktop have been read and commanded this way.',
  remedy:
    'Compare Origin with the origins that are meant, and Host with the server’s own names; or ask for a token.',
  fixes: ALLOWLIST,
  budget: { connections: 12 },
  async run(probe) {
    if (whereabouts(probe.route) === 'everywhere') return skip('the server can be reached from everywhere');
    const { foreign } = await policyOf(probe);
    if (isRefusal(foreign)) {
      // A page of a user who never logged in sends no credentials, and some look at Origin only where there are any.
      const bare = anonymous(probe);
      const stranger =
        credentialsOf(probe.target, probe.route).length > 0 &&
        (await seen(probe, { ...bare, change: { ...bare.change, Origin: FOREIGN } }));
      if (stranger && stranger.reception === 'accepted')
        return fail('refused with 403', `let in from ${FOREIGN} without the credentials (${stranger.told})`);
      return pass(`a foreign origin: ${foreign.told}`);
    }
    if (foreign.reception !== 'accepted')
      return skip(`it is not clear what becomes of a foreign origin: ${foreign.told}`);
    const { kind, because } = await gainOf(probe);
    if (kind === 'local')
      return fail('refused with 403', `let in from ${FOREIGN} (${foreign.told}); ${because}`);
    return skip(`credentials keep strangers out here: ${because}`);
  },
} satisfies Check;
