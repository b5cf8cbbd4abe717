import fc from 'fast-check';
import type { Test } from 'tap';

/** Asserts that a property holds, so many times over; what fails is told with its counterexample. */
export function holds<T>(t: Test, property: fc.IProperty<T>, { numRuns = 100 } = {}): void {
  const details = fc.check(property, { numRuns });
  const { failed, numRuns: runs } = details;
  t.same({ failed, runs }, { failed: false, runs: numRuns }, fc.defaultReportMessage(details) ?? 'it holds');
}
