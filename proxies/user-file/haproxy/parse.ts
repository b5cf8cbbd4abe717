import { type Line, type LineWord, linesOf } from '../lines.js';
import type { Source } from '../source.js';

export interface Section {
  /** `frontend`, `backend`, `listen`, `global` … */
  kind: string;
  name: string;
  head: Line;
  lines: readonly Line[];
  /** Its own or that of the defaults before it; HAProxy's is tcp. */
  http: boolean;
}

const KINDS =
  /^(?:global|defaults|frontend|backend|listen|userlist|peers|resolvers|mailers|cache|program|http-errors|ring|fcgi-app|log-forward|crt-store)$/;

/** HAProxy's sections, in their order. */
export function sectionsOf(source: Source): Section[] {
  const sections: { head: Line; lines: Line[] }[] = [];
  for (const line of linesOf(source)) {
    if (KINDS.test(line.words[0]!.text)) sections.push({ head: line, lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  let inherited = 'tcp';
  return sections.map(({ head, lines }) => {
    const [kind, name] = head.words.map(({ text }) => text);
    const own = lines.find(({ words }) => words[0]!.text === 'mode')?.words[1]?.text;
    if (kind === 'defaults') inherited = own ?? 'tcp';
    return { kind: kind!, name: name ?? '', head, lines, http: (own ?? inherited) === 'http' };
  });
}

/** The lines of a section that begin with that word. */
export const linesWith = ({ lines }: Section, word: string): Line[] =>
  lines.filter(({ words }) => words[0]!.text === word);

/** The word behind a keyword: `crt` and its path. */
export function valueBehind({ words }: Line, keyword: string): LineWord | undefined {
  const at = words.findIndex(({ text }) => text === keyword);
  return at < 0 ? undefined : words[at + 1];
}
