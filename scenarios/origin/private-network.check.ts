import type { Check } from '../../harness/model.js';
import { info, pass, skip } from '../../harness/verdict.js';
import { whereabouts } from '../judging/whereabouts.js';
import { FOREIGN } from './policy.js';

export default {
  title: 'Foreign pages are not invited into the private network',
  requirement:
    'Access-Control-Allow-Private-Network is answered for the origins that are meant to reach a server of a private network.',
  severity: 'info',
  kind: 'hardening',
  cwe: 'CWE-942',
  refs: ['https://wicg.github.io/private-network-access/'],
  judges: 'endpoint',
  why: 'Some browsers ask a server of a private network before they let a public page reach it. One that says yes to every page gives that defence away, for its HTTP side at least.',
  remedy: 'Answer Access-Control-Allow-Private-Network only to the origins that are meant.',
  async run(probe) {
    if (whereabouts(probe.route) === 'everywhere') return skip('the server can be reached from everywhere');
    await probe.acquaintance();
    const { handshake, status, headers } = await probe.http(probe.target.path, {
      method: 'OPTIONS',
      headers: [
        ['Origin', FOREIGN],
        ['Access-Control-Request-Method', 'GET'],
        ['Access-Control-Request-Private-Network', 'true'],
      ],
      withinMs: probe.patience.answerMs,
    });
    if (status === undefined) return skip(`no answer to a preflight: ${handshake}`);
    const value = headers.find(([name]) => /^access-control-allow-private-network$/i.test(name))?.[1];
    if (value?.trim() === 'true')
      return info(`a preflight of ${FOREIGN} is answered with ${status} and let in`);
    return pass(`a preflight of ${FOREIGN} is answered with ${status}, and not let in`);
  },
} satisfies Check;
