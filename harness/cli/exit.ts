import { constants } from 'node:os';
import { severityOf, severityRank } from '../../reports/common/severity.js';
import type { Finding, Run, Severity } from '../model.js';
import type { Signal } from './io.js';

/** What a run comes to, and why where that is not to be seen from its findings. */
export interface Outcome {
  code: 0 | 1 | 3;
  why?: string;
}

/**
 * 1 when a finding differs from what was expected, at or above the severity; else 3 when something could not be
 * judged, or nothing could be tried at all, or a runtime that was asked for carried nothing; else 0.
 * @param only ids of the findings that may fail the run; all when absent
 */
export function outcomeOf(run: Run, failOn: Severity, runtime: string, only?: ReadonlySet<string>): Outcome {
  const { findings } = run;
  const least = severityRank(failOn);
  const fails = (finding: Finding) =>
    finding.differs &&
    finding.outcome !== 'error' &&
    severityRank(severityOf(run, finding)) <= least &&
    (only?.has(finding.id) ?? true);
  if (findings.some(fails)) return { code: 1 };
  if (findings.some(({ outcome }) => outcome === 'error')) return { code: 3 };
  const skipped = findings.filter(({ outcome }) => outcome === 'skip');
  if (skipped.length === findings.length) return { code: 3, why: 'nothing could be tried' };
  const hops = Object.values(run.places).flatMap((place) => place.hops);
  const idle =
    runtime !== 'auto' && runtime !== 'in-process' && !hops.some((hop) => hop.runtime?.startsWith(runtime));
  if (idle && skipped.some(({ message }) => message.includes(`${runtime}: `))) {
    return { code: 3, why: `the runtime ${runtime} carried nothing here` };
  }
  return { code: 0 };
}

/** As shells have it. */
export const codeOf = (signal: Signal): number => 128 + constants.signals[signal];
