import type { Finding, Severity } from '../../harness/model.js';

export type Level = 'error' | 'warning' | 'note';

const LEVELS: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** As code scanning grades them: above 9 critical, from 7 high, from 4 medium. */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
};

export const levelOf = (severity: Severity): Level => LEVELS[severity];

export const scoreOf = (severity: Severity): string => SCORES[severity];

/** What holds to the letter and is weak is no error, however bad it would be. */
export function levelOfFinding({ outcome }: Pick<Finding, 'outcome'>, severity: Severity): Level {
  const level = LEVELS[severity];
  return outcome === 'warn' && level === 'error' ? 'warning' : level;
}
