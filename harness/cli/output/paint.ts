import type { Io, Sink } from '../io.js';

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, magenta: 35, cyan: 36 } as const;

export type Colour = keyof typeof CODES;

/** Colours a text, or leaves it as it is where there is no colour; then `plain` is set and words do what colours did. */
export interface Paint {
  (colour: Colour, text: string): string;
  plain: boolean;
}

/** The flag counts before NO_COLOR, that before FORCE_COLOR, and that before what the terminal is. */
export function paintFor(sink: Sink, env: Io['env'], flag: boolean | undefined): Paint {
  const plain = !coloured(sink, env, flag);
  const paint = (colour: Colour, text: string) =>
    plain || text === '' ? text : `\x1b[${CODES[colour]}m${text}\x1b[0m`;
  return Object.assign(paint, { plain });
}

function coloured(sink: Sink, env: Io['env'], flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return sink.isTTY === true && env.TERM !== 'dumb';
}

/** Columns that a text takes, colours left out. */
export const width = (text: string): number => text.replace(/\x1b\[\d+m/g, '').length;

export const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - width(text)));

/** At most so many columns; for text without colours. */
export const clipped = (text: string, columns: number): string =>
  text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
