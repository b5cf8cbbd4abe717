import type { Measured, Verdict } from './model.js';

type Extras = Pick<Verdict, 'measured' | 'blame' | 'severity'>;

/** The claim holds. */
export const pass = (message: string, extras: Extras = {}): Verdict => ({
  outcome: 'pass',
  message,
  ...extras,
});

/** The claim does not hold: what was expected, what was seen. */
export const fail = (expected: string, actual: string, extras: Extras = {}): Verdict => ({
  outcome: 'fail',
  message: actual,
  expected,
  actual,
  ...extras,
});

/** It holds to the letter, but somebody ought to look. */
export const warn = (
  message: string,
  extras: Extras & Pick<Verdict, 'expected' | 'actual'> = {},
): Verdict => ({
  outcome: 'warn',
  message,
  ...extras,
});

/** A figure, with nothing to judge it by. */
export const info = (message: string, measured?: Measured): Verdict => ({
  outcome: 'info',
  message,
  ...(measured && { measured }),
});

/** It could not be tried, and why. */
export const skip = (why: string): Verdict => ({ outcome: 'skip', message: why });
