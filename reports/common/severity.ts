import type { CheckMeta, Finding, Kind, Run, Severity } from '../../harness/model.js';
import { lookUp } from './look-up.js';

/** Worst first. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** The most telling first. */
export const kinds: readonly Kind[] = ['vulnerability', 'hardening', 'conformance'];

/** How bad it is: what the verdict says, else what the check says; nothing where the record does not tell of the check. */
export function severityOf(run: Pick<Run, 'checks'>, { severity, check }: Finding): Severity | undefined {
  return severity ?? lookUp(run.checks, check)?.severity;
}

/** What the check finds when it fails. */
export const kindOf = (check: Pick<CheckMeta, 'kind'> | undefined): Kind => check?.kind ?? 'conformance';

/** 0 is the worst; what is not known is as bad as can be. */
export const severityRank = (severity: Severity | undefined): number =>
  severities.indexOf(severity ?? 'critical');

/** Worst first: by severity, then a failure before a warning, then by what it means, then by id. */
export function worstFirst(run: Pick<Run, 'checks'>, findings: readonly Finding[]): Finding[] {
  const key = (finding: Finding) =>
    severityRank(severityOf(run, finding)) * 100 +
    (finding.outcome === 'fail' ? 0 : 10) +
    kinds.indexOf(kindOf(lookUp(run.checks, finding.check)));
  return [...findings].sort((a, b) => key(a) - key(b) || (a.id < b.id ? -1 : 1));
}
