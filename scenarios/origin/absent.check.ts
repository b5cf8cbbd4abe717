import type { Check } from '../../harness/model.js';
import { info, pass, skip } from '../../harness/verdict.js';
import { isRefusal, seen } from '../judging/seen.js';
import { FOREIGN, noPolicy, policyOf } from './policy.js';

export default {
  title: 'A handshake without Origin is refused where a foreign one is',
  requirement:
    'A request without |Origin| is not a browser’s; a server that does not know whom else it serves has no reason to let it in.',
  severity: 'info',
  kind: 'hardening',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'No page can leave Origin out, so this is no way in for one. It matters only where a proxy before the server strips the header, and for programs, which can send any Origin anyway.',
  remedy: 'Where only browsers are served, refuse handshakes without Origin; serve programs by a token.',
  budget: { connections: 12 },
  async run(probe) {
    const policy = await policyOf(probe);
    const none = noPolicy(policy);
    if (none !== undefined) return skip(none);
    const came = await seen(probe, { change: { Origin: undefined } });
    if (came.reception === 'accepted') return info(`let in without Origin, while ${FOREIGN} is refused`);
    if (isRefusal(came)) return pass(came.told);
    return skip(`it is not clear what becomes of a handshake without Origin: ${came.told}`);
  },
} satisfies Check;
