import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { info, pass, skip } from '../../harness/verdict.js';
import { BUDGET, errorsOf } from './answers.js';

const REASON = /^x-(?:.{1,40}-)?(?:reject-reason|error(?:-message|-detail)?|exception|debug(?:-.{1,40})?)$/i;

export default {
  title: 'Refusals carry no header for those who debug',
  requirement: 'What a refusal says is for the client that made the fault, and no more than it needs.',
  severity: 'info',
  kind: 'hardening',
  cwe: 'CWE-209',
  refs: ['RFC 9110 §17.12'],
  judges: 'endpoint',
  why: 'Such a header tells whoever tries which step turned them down, and often repeats what they sent.',
  remedy: 'Write the reason into the log, and answer with the status alone.',
  fixes: { nginx: 'proxy_hide_header X-WebSocket-Reject-Reason;' },
  budget: BUDGET,
  async run(probe) {
    const errors = await errorsOf(probe);
    if (errors.length === 0) return skip('none of the faulty requests was answered with an error');
    const found = errors.flatMap(({ asked, headers }) =>
      headers
        .filter(([name]) => REASON.test(name))
        .map(([name, value]) => `${show(name, 60)}: ${show(value)} (to ${asked})`),
    );
    if (found.length === 0) return pass(`none of ${errors.length} refusals does`);
    return info(found.slice(0, 3).join('; '), { headers: found.length });
  },
} satisfies Check;
