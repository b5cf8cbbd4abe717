import type { Finding, Measured, Run, RunComparison } from '../model.js';
import { compare } from './compare.js';

/** What a record keeps of a comparison: ids. Ids of `gone` may be of findings that the later run has not got. */
export function compareRuns(before: Run, after: Run): RunComparison {
  const { new: fresh, fixed, still, gone } = compare(before, after);
  const earlier = new Map(before.findings.map((finding) => [finding.id, finding]));
  const ids = (findings: readonly Finding[]) => findings.map(({ id }) => id);
  const times = (finding: Finding) => timesOf(earlier.get(finding.id)?.measured, finding.measured);
  const whole = growth(after.findings.flatMap(times));
  const grown = new Map(after.findings.map((finding) => [finding, times(finding).filter(slower(whole))]));
  const slow = after.findings.filter((finding) => grown.get(finding)!.length > 0);
  const was = [...new Set([...fresh, ...fixed, ...slow])].map((finding): [string, Was] => {
    const then = earlier.get(finding.id);
    const measured = Object.fromEntries(grown.get(finding)!.map(({ key, then: ms }) => [key, ms]));
    return [
      finding.id,
      { ...(then && { outcome: then.outcome }), ...(Object.keys(measured).length > 0 && { measured }) },
    ];
  });
  return {
    startedAt: before.startedAt,
    new: ids(fresh),
    fixed: ids(fixed),
    still: ids(still),
    gone: ids(gone),
    slower: ids(slow),
    skippedBefore: ids(
      after.findings.filter(({ id, outcome }) => outcome !== 'skip' && earlier.get(id)?.outcome === 'skip'),
    ),
    was: Object.fromEntries(was),
  };
}

type Was = NonNullable<RunComparison['was']>[string];

/** A time in ms that was measured both times. */
interface Time {
  key: string;
  then: number;
  now: number;
}

/** How long silence is borne, and how long a poll is held: more of them is not worse. */
const NOT_DELAYS = new Set([
  'idleMs',
  'idleMostMs',
  'aliveMs',
  'ageMs',
  'heldMs',
  'boundMs',
  'clientPeriodMs',
]);
const TIMES = 1.5;
const LEAST_MS = 50;
/** So many times tell whether all of a run went slower. */
const ENOUGH = 8;

/** -1 is no time. */
function timesOf(before: Measured = {}, after: Measured = {}): Time[] {
  return Object.entries(after).flatMap(([key, now]) => {
    if (!/Ms$/.test(key) || NOT_DELAYS.has(key) || !Object.hasOwn(before, key)) return [];
    const then = before[key];
    return typeof now === 'number' && typeof then === 'number' && then >= 0 ? [{ key, then, now }] : [];
  });
}

/** The median ratio of now to then, at least 1: a machine that was busier all along makes no hop slower. */
function growth(times: readonly Time[]): number {
  const ratios = times.filter(({ then }) => then > 0).map(({ then, now }) => now / then);
  if (ratios.length < ENOUGH) return 1;
  return Math.max(1, ratios.sort((a, b) => a - b)[ratios.length >> 1]!);
}

/** Whether a time grew by more than half and by more than 50 ms, beyond what the whole run did. */
const slower =
  (whole: number) =>
  ({ then, now }: Time): boolean =>
    now > then * whole * TIMES && now - then * whole > LEAST_MS;
