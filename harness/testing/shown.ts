import type { Finding } from '../model.js';

/** What of them went otherwise than their scenarios say, or could not be judged: a line each. */
export function offLines(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ differs, outcome }) => differs || outcome === 'error')
    .map(({ id, outcome, expected, message, actualText, blame }) => {
      const who = blame === undefined ? '' : ` (${blame})`;
      return `${id}: ${outcome}, not ${expected}: ${actualText ?? message}${who}`;
    });
}

/** Whether it was skipped since no runtime here has the program. */
export const isMissing = ({ outcome, message }: Finding): boolean =>
  outcome === 'skip' && message.startsWith('nothing here carries');
