import type { Source } from './source.js';

export interface LineWord {
  text: string;
  start: number;
  end: number;
}

/** A directive of a file that has one on each line. */
export interface Line {
  words: readonly LineWord[];
  source: Source;
  start: number;
  end: number;
}

const WORD = /(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'\\])+/gs;

/** Lines with something on them. A backslash at its end makes the next line a part of one; `#` begins a comment. */
export function linesOf(source: Source): Line[] {
  const lines: Line[] = [];
  for (const found of source.text.matchAll(/(?:\\\r?\n|[^\n])+/g)) {
    const start = found.index;
    const words: LineWord[] = [];
    for (const { 0: text, index } of found[0].matchAll(WORD)) {
      if (text.startsWith('#')) break;
      if (/^\\\r?\n$/.test(text)) continue;
      words.push({ text, start: start + index, end: start + index + text.length });
    }
    if (words.length > 0) lines.push({ words, source, start: words[0]!.start, end: words.at(-1)!.end });
  }
  return lines;
}
