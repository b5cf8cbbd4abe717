import type { Finding, Reporter, Run } from '../../harness/model.js';
import { toJson } from '../common/json.js';
import { severityOf, severityRank } from '../common/severity.js';
import { isBad, stateOf } from '../common/state.js';
import { resultOf } from './result.js';
import { ruleOf, text } from './rule.js';

/** GitHub takes no more results than this in one run. */
const MOST_RESULTS = 25_000;

/**
 * What is broken, as code scanning takes it: of scenarios what differs from what is expected, of an endpoint all that
 * fails or warns, what is accepted as suppressed. Errors are notifications, and what was skipped is no result.
 */
export default {
  title: 'SARIF 2.1.0, for code scanning',
  file: 'results.sarif',
  render(run) {
    const rank = (finding: Finding) => severityRank(severityOf(run, finding) ?? 'medium');
    const results = run.findings
      .filter((finding) => isTold(run, finding))
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, MOST_RESULTS);
    const ids = [...new Set(results.map(({ check }) => check))];
    const errors = run.findings.filter((finding) => stateOf(finding) === 'error');
    const log = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: run.tool.name,
              version: run.tool.version,
              rules: ids.map((id) => ruleOf(run, id)),
            },
          },
          columnKind: 'utf16CodeUnits',
          invocations: [
            {
              executionSuccessful: !run.partial && errors.length === 0,
              startTimeUtc: new Date(run.startedAt).toISOString(),
              toolExecutionNotifications: errors.slice(0, 1000).map((finding) => ({
                level: 'error',
                message: { text: text(`${finding.id}: ${finding.message}`) },
              })),
            },
          ],
          results: results.map((finding) => resultOf(run, finding, ids.indexOf(finding.check))),
        },
      ],
    };
    return `${toJson(log)}\n`;
  },
} satisfies Reporter;

function isTold({ audit }: Run, finding: Finding): boolean {
  if (finding.outcome !== 'fail' && finding.outcome !== 'warn') return false;
  return isBad(finding) || audit !== undefined || finding.accepted !== undefined;
}
