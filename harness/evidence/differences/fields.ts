import { type Field, redact, show, tokensOf, valuesOf } from '../../protocol/index.js';
import type { DifferenceKind } from '../difference.js';

/** What became of one header field, or of their order. */
export interface FieldChange {
  kind: Extract<
    DifferenceKind,
    'header-dropped' | 'header-added' | 'header-rewritten' | 'header-recased' | 'headers-reordered'
  >;
  name: string;
  in?: string;
  out?: string;
}

type Fields = { readonly fields: readonly Field[] };

/** What became of the fields of a head, by name in any case; several of one name count as their values joined. */
export function compareFields(a: Fields, b: Fields): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const [name, spelling] of namesOf(a)) {
    const [before, after] = [valuesOf(a, name), valuesOf(b, name)];
    const line = { in: lineOf(spelling, before) };
    if (after.length === 0) {
      changes.push({ kind: 'header-dropped', name: spelling, ...line });
      continue;
    }
    const [now = spelling] = b.fields.find(([own]) => own.toLowerCase() === name) ?? [];
    const out = lineOf(now, after);
    if (name === 'connection' && !tokensOf(a, name).some((option) => tokensOf(b, name).includes(option)))
      // Its options are for the next hop alone (RFC 9110 §7.6.1): what is left is of this hop's own making.
      changes.push({ kind: 'header-dropped', name: spelling, ...line, out });
    else if (before.join(', ') !== after.join(', '))
      changes.push({ kind: 'header-rewritten', name: spelling, ...line, out });
    else if (now !== spelling) changes.push({ kind: 'header-recased', name: spelling, ...line, out });
  }
  for (const [name, spelling] of namesOf(b)) {
    if (valuesOf(a, name).length > 0) continue;
    changes.push({ kind: 'header-added', name: spelling, out: lineOf(spelling, valuesOf(b, name)) });
  }
  const common = (of: Fields, other: Fields) =>
    [...namesOf(of).keys()].filter((name) => valuesOf(other, name).length > 0);
  const [order, now] = [common(a, b), common(b, a)];
  if (order.join() !== now.join()) {
    const shown = (names: string[]) => show(names.join(', '), 300);
    changes.push({ kind: 'headers-reordered', name: '', in: shown(order), out: shown(now) });
  }
  return changes;
}

/** Names in lower case, with the spelling of the first of each. */
function namesOf({ fields }: Fields): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name] of fields) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return names;
}

/** The redactor goes by lines. */
const lineOf = (name: string, values: readonly string[]) =>
  show(redact(values.map((value) => `${name}: ${value}`).join('\r\n')), 300);
