import { severityOf, severityRank } from '../../../reports/common/severity.js';
import { line } from '../../../reports/common/text.js';
import type { Finding, Measured, Run } from '../../model.js';
import { lineOf } from '../output/lines.js';
import type { Paint } from '../output/paint.js';

/** Times differ from one attempt to the next; these are no difference by themselves. */
const SLACK_MS = 200;
const SLACK = 1.5;

/** A check that says something else at the other URL. */
export interface Difference {
  here: Finding;
  there: Finding;
}

/** Checks whose outcome, or what they measured, is not the same at both places; the worst first. */
export function differences(run: Run, here: string, there: string): Difference[] {
  const at = (scenario: string) => run.findings.filter((finding) => finding.scenario === scenario);
  const others = new Map(at(there).map((finding) => [finding.check, finding]));
  return at(here)
    .flatMap((finding): Difference[] => {
      const other = others.get(finding.check);
      return other && differ(finding, other) ? [{ here: finding, there: other }] : [];
    })
    .sort((a, b) => rank(run, a) - rank(run, b));
}

const rank = (run: Run, { here, there }: Difference): number =>
  (here.outcome === there.outcome ? 10 : 0) +
  Math.min(severityRank(severityOf(run, here)), severityRank(severityOf(run, there)));

const differ = (one: Finding, other: Finding): boolean =>
  one.outcome !== other.outcome || !alike(one.measured ?? {}, other.measured ?? {});

function alike(one: Measured, other: Measured): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => {
    const [a, b] = [one[key], other[key]];
    if (isOurs(a) && isOurs(b)) return true;
    if (!key.endsWith('Ms') || typeof a !== 'number' || typeof b !== 'number') return a === b;
    const [less, more] = a < b ? [a, b] : [b, a];
    return less >= 0 ? more - less <= SLACK_MS || more / less <= SLACK : a === b;
  });
}

/** A name that was made up for the occasion is another one each time. */
const isOurs = (value: unknown): boolean => typeof value === 'string' && value.startsWith('gauntlet.');

/** As they are printed: each at both places, one below the other. */
export function differencesTold(run: Run, found: readonly Difference[], paint: Paint): string[] {
  if (found.length === 0) return ['Both answer alike: no check says something else at the other URL.'];
  const title = (finding: Finding) => run.places[finding.scenario]?.title ?? finding.scenario;
  return [
    `${found.length} ${found.length === 1 ? 'check says' : 'checks say'} something else at the other URL:`,
    ...found.flatMap(({ here, there }) => [
      paint('bold', `  ${line(here.check)}`),
      `    ${line(title(here))}: ${lineOf({ ...here, id: here.outcome }, paint)}`,
      `    ${line(title(there))}: ${lineOf({ ...there, id: there.outcome }, paint)}`,
    ]),
  ];
}
