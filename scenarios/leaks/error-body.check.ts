import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { leaksIn, leaksTold } from '../judging/leaks.js';
import { BUDGET, errorsOf } from './answers.js';

export default {
  title: 'Error pages show nothing of the program behind them',
  requirement: 'An error is described to the client without the program’s stack, paths or statements.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-209',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html'],
  judges: 'endpoint',
  why: 'A stack trace names libraries, versions, paths and queries: a plan of the building for whoever wants in.',
  remedy: 'Run in production mode, and answer errors with a page that says nothing but the status.',
  fixes: {
    express: 'NODE_ENV=production, or: app.use((error, request, response, next) => response.sendStatus(500))',
  },
  budget: BUDGET,
  async run(probe) {
    const errors = await errorsOf(probe);
    if (errors.length === 0) return skip('none of the faulty requests was answered with an error');
    for (const { asked, status, body } of errors) {
      const [worst, ...more] = leaksIn(body, [probe.target.path]).filter(({ kind }) =>
        ['stack trace', 'exception', 'file path'].includes(kind),
      );
      if (worst)
        return fail('a page without these', `${status} to ${asked}: ${leaksTold([worst, ...more])}`, {
          severity: worst.severity,
          measured: { status },
        });
    }
    return pass(`${errors.length} errors show none`);
  },
} satisfies Check;
