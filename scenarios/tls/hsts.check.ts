import type { Check } from '../../harness/model.js';
import { valueOf } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { unnamed } from './tenant.js';

const FIELD = 'Strict-Transport-Security';
const HALF_A_YEAR_S = 15_552_000;

export default {
  title: 'Browsers are told to come by TLS alone',
  requirement:
    'A host that is to be reached by TLS alone says so by Strict-Transport-Security, for half a year and more.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-523',
  refs: ['RFC 6797 §6.1', 'RFC 6797 §7.1'],
  judges: 'endpoint',
  why: 'Browsers that know it turn ws:// into wss:// by themselves, before anything is sent in clear.',
  remedy: 'Send Strict-Transport-Security: max-age=31536000 with every answer.',
  fixes: {
    nginx: 'add_header Strict-Transport-Security "max-age=31536000" always;',
    haproxy: 'http-response set-header Strict-Transport-Security "max-age=31536000"',
  },
  async run(probe) {
    const not = unnamed(probe);
    if (not) return not;
    const { headers } = await probe.acquaintance();
    const paths = [...new Set(['/', probe.target.path])];
    const bounds = { withinMs: probe.patience.answerMs };
    const asked = await Promise.all(paths.map((path) => probe.http(path, bounds)));
    const unanswered = asked.find(({ status }) => status === undefined);
    const answers = [headers, ...asked.map((answer) => answer.headers)];
    const said = answers.map((fields) => valueOf({ fields }, FIELD)).find((value) => value !== undefined);
    const blame = probe.suspect();
    if (said === undefined) {
      if (unanswered)
        return skip(
          `a request without an upgrade was not answered: ${unanswered.failure ?? unanswered.handshake}`,
        );
      return fail(FIELD, `no ${FIELD} in the 101, nor in the answers to GET`, { blame });
    }
    const seconds = Number(/max-age\s*=\s*"?(\d{1,12})/i.exec(said)?.[1] ?? 0);
    const measured = { maxAgeS: seconds };
    if (seconds >= HALF_A_YEAR_S) return pass(`for ${Math.round(seconds / 86_400)} days`, { measured });
    return warn(`for ${Math.round(seconds / 86_400)} days only`, { measured, blame });
  },
} satisfies Check;
