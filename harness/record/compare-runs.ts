import type { Finding, Measured, Run, RunComparison } from '../model.js';
import { compare } from './compare.js';

/** What a record keeps of a comparison: ids. Ids of `gone` may be of findings that the later run has not got. */
export function compareRuns(before: Run, after: Run): RunComparison {
  const { new: fresh, fixed, still, gone } = compare(before, after);
  const earlier = new Map(before.findings.map((finding) => [finding.id, finding]));
  const ids = (findings: readonly Finding[]) => findings.map(({ id }) => id);
  return {
    startedAt: before.startedAt,
    new: ids(fresh),
    fixed: ids(fixed),
    still: ids(still),
    gone: ids(gone),
    slower: ids(after.findings.filter(({ id, measured }) => slower(earlier.get(id)?.measured, measured))),
    skippedBefore: ids(
      after.findings.filter(({ id, outcome }) => outcome !== 'skip' && earlier.get(id)?.outcome === 'skip'),
    ),
  };
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
  // Of one connection on which something else broke.
  'delayUpMs',
  'delayDownMs',
  'firstOctetUpMs',
  'firstOctetDownMs',
]);
const TIMES = 1.5;
const LEAST_MS = 50;

/** Whether a time measured both times grew by more than half and by more than 50 ms; -1 is no time. */
function slower(before: Measured = {}, after: Measured = {}): boolean {
  return Object.entries(after).some(([key, now]) => {
    if (!/Ms$/.test(key) || NOT_DELAYS.has(key) || !Object.hasOwn(before, key)) return false;
    const then = before[key];
    if (typeof now !== 'number' || typeof then !== 'number' || then < 0) return false;
    return now > then * TIMES && now - then > LEAST_MS;
  });
}
