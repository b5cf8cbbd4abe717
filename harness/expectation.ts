import type { Expectation, Outcome, Scenario } from './model.js';

/** What a scenario expects of a check: the longest key that is the id or a prefix of it; a pass where none is. */
export function expectationOf(scenario: Pick<Scenario, 'expect'>, check: string): Expectation {
  const keys = Object.keys(scenario.expect ?? {}).filter(
    (key) => check === key || (check.startsWith(key) && /^[/-]/.test(check.slice(key.length))),
  );
  const [longest] = keys.sort((a, b) => b.length - a.length);
  return (longest !== undefined && scenario.expect?.[longest]) || { outcome: 'pass', because: '' };
}

/** What is expected of an outcome that came: what a user accepts counts only where it breaks. */
export function expectedOf(outcome: Outcome, expectation: Expectation): Expectation {
  if (!expectation.accepted) return expectation;
  return outcome === 'fail' || outcome === 'warn'
    ? { ...expectation, outcome }
    : { outcome: 'pass', because: '' };
}

/**
 * Whether an outcome differs from what was expected in a way that counts. A skip says nothing either way; `warn` and
 * `info` are as good as a pass where a pass is expected, and too good to be true where a failure is.
 */
export function differs(outcome: Outcome, expected: Outcome): boolean {
  if (outcome === 'error') return true;
  if (outcome === 'skip') return false;
  if (expected === 'pass' || expected === 'info') return outcome === 'fail';
  return outcome !== expected;
}
