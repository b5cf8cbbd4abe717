import type { Finding, Run } from '../model.js';

/** What changed from one run to another. All are findings of the later run, but for `gone`. */
export interface Comparison {
  /** Broken now, and was not, or was not tried. */
  new: readonly Finding[];
  /** Was broken, and holds now. */
  fixed: readonly Finding[];
  /** Broken before and now. */
  still: readonly Finding[];
  /** Was tried before and is not any more: absent, or skipped. */
  gone: readonly Finding[];
}

/** Compares by outcome, whatever was expected. A skip says nothing: it fixes nothing. */
export function compare(before: Run, after: Run): Comparison {
  const earlier = new Map(before.findings.map((finding) => [finding.id, finding]));
  const now = new Map(after.findings.map((finding) => [finding.id, finding]));
  const wasBroken = ({ id }: Finding) => broken(earlier.get(id));
  return {
    new: after.findings.filter((finding) => broken(finding) && !wasBroken(finding)),
    fixed: after.findings.filter((finding) => tried(finding) && !broken(finding) && wasBroken(finding)),
    still: after.findings.filter((finding) => broken(finding) && wasBroken(finding)),
    gone: before.findings.filter((finding) => tried(finding) && !tried(now.get(finding.id))),
  };
}

const tried = (finding: Finding | undefined) => finding !== undefined && finding.outcome !== 'skip';

const broken = (finding: Finding | undefined) =>
  finding !== undefined && ['fail', 'warn', 'error'].includes(finding.outcome);
