import type { Check } from '../../harness/model.js';
import { info, pass, skip } from '../../harness/verdict.js';
import { credentialsOf, credentialsTold, withCredentials } from '../judging/credentials.js';
import { isRefusal } from '../judging/seen.js';
import { letIn, tryAll } from '../judging/variants.js';
import { notGuarded } from './anonymous.js';

/** As many as its budget has connections for. */
const MOST = 6;

export default {
  title: 'Each of several credentials is needed',
  requirement: 'What a handshake shows is looked at, or it is not sent.',
  severity: 'info',
  kind: 'hardening',
  cwe: 'CWE-287',
  refs: ['RFC 6455 §10.5'],
  judges: 'endpoint',
  why: 'Which of them lets in says what a thief needs, and whether the one that no foreign page has is asked for at all.',
  remedy: 'Leave out what is not looked at, or look at it.',
  async run(probe) {
    const { target, route } = probe;
    const credentials = credentialsOf(target, route).slice(0, MOST);
    if (credentials.length < 2) return skip('there are not several credentials');
    const why = await notGuarded(probe);
    if (why !== undefined) return skip(why);
    const tried = await tryAll(
      probe,
      credentials.map((left) => ({
        name: credentialsTold([left]),
        options: withCredentials(target, (one) => (one.name === left.name ? undefined : one.value), route),
      })),
    );
    const needless = letIn(tried).map(({ name }) => name);
    if (needless.length > 0) return info(`it is let in without the ${needless.join(', and without the ')}`);
    if (tried.every(({ came }) => isRefusal(came))) return pass(tried.map(({ name }) => name).join(', '));
    return skip('it is not clear what becomes of handshakes that leave one out');
  },
} satisfies Check;
