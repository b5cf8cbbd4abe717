import { cut, line } from './text.js';

/** Text of peers and files as a code span: no markup, link, mention or HTML in it is obeyed. */
export function code(text: string, most = 600): string {
  const told = cut(line(text), most);
  if (told === '') return '(empty)';
  const longest = Math.max(0, ...(told.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest ? `${fence} ${told} ${fence}` : `${fence}${told}${fence}`;
}

/** Lines as a block of code; no run of backticks in them ends it. */
export function fenced(lines: readonly string[], language: string): string {
  const longest = Math.max(2, ...lines.flatMap((text) => (text.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language.replace(/[^\w-]/g, '')}`, ...lines, fence].join('\n');
}

/** The same inside a cell of a table, where a bar would end the cell even in a code span. */
export const cell = (text: string): string => code(text, 120).replaceAll('|', '\\|');

/** Prose, with everything that Markdown or HTML could obey as an entity. */
export const prose = (text: string): string =>
  cut(line(text), 600).replace(/[\\`*_[\]<>#|~@&]/g, (char) => `&#${char.charCodeAt(0)};`);

/** As many whole blocks as fit into so many octets; where some do not, the note comes last. */
export function fit(blocks: readonly string[], octets: number, note: (left: number) => string): string {
  const kept: string[] = [];
  let room = octets - Buffer.byteLength(note(blocks.length));
  for (const block of blocks) {
    room -= Buffer.byteLength(block);
    if (room < 0) return kept.join('') + note(blocks.length - kept.length);
    kept.push(block);
  }
  return kept.join('');
}
