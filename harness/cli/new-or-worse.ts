import { severityOf, severityRank } from '../../reports/common/severity.js';
import type { Finding, Run, RunComparison } from '../model.js';
import { compareRuns } from '../run-file.js';

/**
 * Ids of the findings of the later run that are broken and were not, or were not tried, or are broken worse: by a higher
 * severity, or by a failure where there was a warning.
 */
export function newOrWorse(before: Run, after: Run): Set<string> {
  const earlier = new Map(before.findings.map((finding) => [finding.id, finding]));
  const counts = (now: Finding) => {
    if (!broken(now)) return false;
    const then = earlier.get(now.id);
    if (!then || !broken(then)) return true;
    if (then.outcome === 'warn' && now.outcome === 'fail') return true;
    return severityRank(severityOf(after, now)) < severityRank(severityOf(before, then));
  };
  return new Set(after.findings.filter(counts).map(({ id }) => id));
}

const broken = ({ outcome }: Finding): boolean => outcome === 'fail' || outcome === 'warn';

/** What the record says of an earlier run. */
export function comparison(before: Run, after: Run): RunComparison {
  const compared = compareRuns(before, after);
  const risen = newOrWorse(before, after);
  const worse = compared.still.filter((id) => risen.has(id));
  return { ...compared, ...(worse.length > 0 && { worse }) };
}
