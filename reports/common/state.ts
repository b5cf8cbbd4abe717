import type { Finding } from '../../harness/model.js';

/** How a finding is shown: its outcome, told apart by whether it was expected. */
export type State =
  | 'error'
  | 'fail'
  | 'unexpected'
  | 'warn'
  | 'known'
  | 'accepted'
  | 'pass'
  | 'info'
  | 'skip';

/** Worst first. A word and a glyph each, so that colour is never all there is. */
export const states: Readonly<Record<State, { glyph: string; word: string; means: string }>> = {
  fail: { glyph: '✗', word: 'fail', means: 'the claim does not hold' },
  error: { glyph: '!', word: 'error', means: 'the harness could not tell' },
  unexpected: { glyph: '◆', word: 'unexpected pass', means: 'it holds, though it was expected to break' },
  warn: { glyph: '▲', word: 'warn', means: 'it holds to the letter, but somebody ought to look' },
  known: { glyph: '◐', word: 'known', means: 'it breaks, as this place was expected to' },
  accepted: { glyph: '◑', word: 'accepted', means: 'it breaks, and the user accepts that for a while' },
  pass: { glyph: '✓', word: 'pass', means: 'the claim holds' },
  info: { glyph: 'i', word: 'info', means: 'a figure, with nothing to judge it by' },
  skip: { glyph: '–', word: 'skip', means: 'it could not be tried' },
};

const order = Object.keys(states) as State[];

export function stateOf({ outcome, expected, differs, accepted }: Finding): State {
  const broken = outcome === 'fail' || outcome === 'warn';
  if (broken && !differs && accepted) return 'accepted';
  if (broken && !differs && (expected === 'fail' || expected === 'warn')) return 'known';
  if ((outcome === 'pass' || outcome === 'info') && differs) return 'unexpected';
  return outcome;
}

/** Whether a machine that knows only good and bad has to be told bad. An error is bad too, but of another kind. */
export function isBad(finding: Finding): boolean {
  return stateOf(finding) === 'fail' || (finding.differs && finding.outcome !== 'error');
}

/** How many findings there are of each state, worst first; states that do not occur are left out. */
export function tally(findings: readonly Finding[]): Map<State, number> {
  const counts = new Map(order.map((state) => [state, 0]));
  for (const finding of findings) {
    const state = stateOf(finding);
    counts.set(state, counts.get(state)! + 1);
  }
  return new Map([...counts].filter(([, count]) => count > 0));
}
