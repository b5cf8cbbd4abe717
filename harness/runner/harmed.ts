import type { Check, Severity } from '../model.js';
import type { Said } from './trial.js';

const WORSE: Record<Severity, Severity> = {
  info: 'high',
  low: 'high',
  medium: 'high',
  high: 'high',
  critical: 'critical',
};

/** A check that brings the server down has failed, whatever it says itself. */
export function harmed(check: Check, said: Said, what: string): Said {
  const severity = WORSE[said.severity ?? check.severity];
  if (said.outcome === 'fail') return { ...also(said, what), severity };
  const { measured } = said;
  return {
    outcome: 'fail',
    message: what,
    expected: 'the server goes on, for others too',
    actual: what,
    severity,
    ...(measured && { measured }),
  };
}

export function also(said: Said, what: string): Said {
  const { message, actual } = said;
  const after = (text: string) => `${text}; and ${what}`;
  return { ...said, message: after(message), ...(actual !== undefined && { actual: after(actual) }) };
}

export const error = (message: string): Said => ({ outcome: 'error', message });
