import type { Check } from '../model.js';
import type { Task } from '../runner.js';

/** Checks that share a place, which is opened once for each group. */
export type Group = readonly (readonly [string, Check])[];

/** @param recorded whether relays stand in the path */
export function groupsOf({ checks, endpoint }: Task, recorded: boolean): Group[] {
  // Those that may harm a server have to go one at a time.
  if (endpoint) return [Object.entries(checks)];
  const apart = (check: Check) => recorded && check.bare === true;
  const all = Object.entries(checks);
  const shared = all.filter(([, check]) => !check.alone);
  return [
    shared.filter(([, check]) => !apart(check)),
    shared.filter(([, check]) => apart(check)),
    ...all.filter(([, check]) => check.alone).map((entry) => [entry]),
  ].filter((group) => group.length > 0);
}
