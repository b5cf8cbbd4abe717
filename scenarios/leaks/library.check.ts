import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { info, pass } from '../../harness/verdict.js';
import { answersOf, BUDGET } from './answers.js';
import { libraryOf } from './libraries.js';

export default {
  title: 'Refusals do not tell by their words which library wrote them',
  requirement: 'What a refusal says is for the client that made the fault, and no more than it needs.',
  severity: 'info',
  kind: 'hardening',
  cwe: 'CWE-200',
  refs: ['RFC 9110 §17.12'],
  judges: 'endpoint',
  why: 'Libraries word their refusals in their own ways, and the wording changes with their versions. It tells a reviewer what to look up, and an attacker as well, however the Server header was cleaned.',
  remedy:
    'Answer faulty handshakes at the proxy, or with a body of your own. Keeping the library up to date is worth more.',
  budget: BUDGET,
  async run(probe) {
    const answers = await answersOf(probe);
    const known = libraryOf(answers);
    if (!known) return pass(`${answers.length - 1} answers that no known library is told by`);
    const claimed = answers.flatMap(({ headers }) => headers.filter(([name]) => /^server$/i.test(name)));
    const server = claimed[0] ? `; Server says ${show(claimed[0][1], 60)}` : '';
    return info(`${known.software}, by "${show(known.said)}" to ${known.asked}${server}`, {
      library: known.software,
    });
  },
} satisfies Check;
