import { isToken } from './token.js';

/** One header field, its name in the case it was written in. */
export type Field = readonly [name: string, value: string];

/** What has no place in a head's lines: control characters other than the tab. */
export const CONTROL = /[^\t -~\x80-\xff]/;

/** The fields of a head's lines, up to the empty one; what is out of order is told to `oddities`. */
export function readFields(lines: readonly string[], oddities: Set<string>): Field[] {
  const fields: [string, string][] = [];
  for (const line of lines) {
    if (line === '') break;
    if (CONTROL.test(line)) oddities.add('control character in a field');
    if (line.startsWith(' ') || line.startsWith('\t')) {
      oddities.add('obs-fold');
      const last = fields.at(-1);
      const more = trim(line);
      if (last && more) last[1] = last[1] === '' ? more : `${last[1]} ${more}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 0) {
      oddities.add('line without a colon');
      continue;
    }
    const name = line.slice(0, colon);
    const bare = trim(name);
    if (bare !== name) oddities.add('space before colon');
    if (!isToken(bare)) oddities.add('field name that is not a token');
    fields.push([bare, trim(line.slice(colon + 1))]);
  }
  return fields;
}

/** Without the spaces and tabs at both ends (OWS of RFC 9110 §5.6.3), in linear time. */
export function trim(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && (text[from] === ' ' || text[from] === '\t')) from++;
  while (to > from && (text[to - 1] === ' ' || text[to - 1] === '\t')) to--;
  return text.slice(from, to);
}

type WithFields = { readonly fields: readonly Field[] };

/** The values of every field of that name (any case), in order. */
export function valuesOf(head: WithFields, name: string): string[] {
  const wanted = name.toLowerCase();
  return head.fields.filter(([own]) => own.toLowerCase() === wanted).map(([, value]) => value);
}

/** Those values joined by `, ` (RFC 9110 §5.3); undefined when there is no such field. */
export function valueOf(head: WithFields, name: string): string | undefined {
  const values = valuesOf(head, name);
  return values.length > 0 ? values.join(', ') : undefined;
}

/** The members of a comma-separated list (RFC 9110 §5.6.1), trimmed, in the case they came in; empty ones left out. */
export function membersOf(head: WithFields, name: string): string[] {
  return valuesOf(head, name)
    .flatMap((value) => value.split(','))
    .map(trim)
    .filter((member) => member !== '');
}

/** The same in lower case, for lists whose members have none. */
export function tokensOf(head: WithFields, name: string): string[] {
  return membersOf(head, name).map((member) => member.toLowerCase());
}
