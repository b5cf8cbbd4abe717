import { type State, stateOf, states } from '../../../reports/common/state.js';
import type { Finding } from '../../model.js';
import type { Colour, Paint } from './paint.js';

const COLOURS: Readonly<Record<State, Colour>> = {
  fail: 'red',
  error: 'magenta',
  unexpected: 'yellow',
  warn: 'yellow',
  known: 'cyan',
  accepted: 'cyan',
  pass: 'green',
  info: 'green',
  skip: 'dim',
};

export const mark = (state: State, paint: Paint): string => paint(COLOURS[state], states[state].glyph);

/** A glyph in its colour, or the word where there are no colours. */
export const markOrWord = (state: State, paint: Paint): string =>
  paint.plain ? states[state].word : mark(state, paint);

export const markOf = (finding: Finding, paint: Paint): string => mark(stateOf(finding), paint);

export const colourOf = (state: State): Colour => COLOURS[state];
