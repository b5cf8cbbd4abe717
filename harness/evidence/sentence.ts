import type { Difference, DifferenceKind } from './difference.js';

/** Headers are named together. */
const VERBS: Partial<Record<DifferenceKind, string>> = {
  'header-dropped': 'dropped',
  'header-added': 'added',
  'header-rewritten': 'rewrote',
  'header-recased': 'wrote in another case',
};
const MOST_NAMES = 6;
/** Told last, since they come of themselves with most hops. */
const ORDER = { grave: 0, slight: 1, none: 2 };

/** `nginx dropped `Upgrade` and `Connection`; spoke HTTP/1.0 instead of HTTP/1.1 to what is behind it.` */
export function sentenceOf(
  hop: string,
  differences: readonly Difference[],
  ends: readonly (string | undefined)[] = [],
): string {
  const sorted = [...differences].sort((a, b) => ORDER[a.harm] - ORDER[b.harm]);
  const phrases = new Map<string, { text: string; names: string[]; way: Difference['way'] }>();
  for (const difference of sorted) {
    const { kind, way, harm, text, name, count = 1 } = difference;
    const verb = VERBS[kind];
    const key = verb ? `${kind} ${way} ${harm}` : text;
    const known = phrases.get(key) ?? {
      text: verb ?? (count > 1 ? `${text} (${count} times)` : text),
      names: [],
      way,
    };
    if (verb) known.names.push(`\`${name}\``);
    phrases.set(key, known);
  }
  const said = [...phrases.values()].map(({ text, names, way }) => {
    if (names.length === 0) return text;
    return `${text} ${list(names)}${way === 'down' ? ' in the answer' : ''}`;
  });
  if (said.length === 0) said.push('passed everything on as it came');
  said.push(...ends.filter((end) => end !== undefined));
  return `${hop} ${said.join('; ')}.`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
