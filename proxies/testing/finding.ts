import type { Finding } from '../../harness/model.js';

/** A finding that fails, as a run makes it. */
export const findingOf = (check: string, told: Partial<Finding> = {}): Finding => ({
  id: `here › ${check}`,
  check,
  scenario: 'here',
  outcome: 'fail',
  expected: 'pass',
  differs: true,
  message: 'it broke',
  evidence: [],
  startedAt: '2026-01-01T00:00:00.000Z',
  ms: 1,
  ...told,
});
