import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { isBusy, isRefusal, seen } from '../judging/seen.js';
import { meant } from './policy.js';

/** As many as its budget has connections for. */
const MOST = 8;

export default {
  title: 'The origins that are meant to be let in are let in',
  requirement: 'A server that verifies Origin accepts the origins that it expects.',
  severity: 'medium',
  kind: 'conformance',
  refs: ['RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'A list that leaves an application’s own page out breaks it for browsers alone, where the tests that send no Origin see nothing.',
  remedy:
    'Add the missing origin to the list, as browsers write it: scheme, host, and the port where it is not the usual one.',
  async run(probe) {
    const origins = meant(probe.target).slice(0, MOST);
    if (origins.length === 0)
      return skip('it is not said which origins are meant; say them with --origin and --allowed-origin');
    const refused: string[] = [];
    for (const origin of origins) {
      const came = await seen(probe, { change: { Origin: origin } });
      if (came.reception === 'accepted') continue;
      if (isBusy(came) || !isRefusal(came))
        return skip(`it is not clear what becomes of ${origin}: ${came.told}`);
      refused.push(`${origin}: ${came.told}`);
    }
    if (refused.length > 0) return fail('let in', refused.join('; '));
    return pass(`let in: ${origins.join(', ')}`, { measured: { tried: origins.length } });
  },
} satisfies Check;
