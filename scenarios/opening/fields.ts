import { type Field, membersOf, tokensOf, valueOf, valuesOf } from '../../harness/protocol/index.js';

/** What became of the fields of a head on its way; names as they were written, in order, each once. */
export interface Changes {
  stripped: readonly string[];
  added: readonly string[];
  rewritten: readonly string[];
}

/** The case of names says nothing, nor does that of tokens and how they are listed. */
export function compareFields(sent: readonly Field[], came: readonly Field[]): Changes {
  const [from, to] = [{ fields: sent }, { fields: came }];
  const names = (fields: readonly Field[]) => [
    ...new Map(fields.map(([name]) => [name.toLowerCase(), name] as const)).values(),
  ];
  const value = (head: typeof from, name: string) =>
    // The one field that is no list (RFC 9110 §5.3).
    /^set-cookie$/i.test(name) ? valuesOf(head, name).join('\n') : listed(head, name);
  const listed = (head: typeof from, name: string) =>
    /^(?:connection|upgrade)$/i.test(name) ? tokensOf(head, name).join() : membersOf(head, name).join(', ');
  return {
    stripped: names(sent).filter((name) => valueOf(to, name) === undefined),
    added: names(came).filter((name) => valueOf(from, name) === undefined),
    rewritten: names(sent).filter(
      (name) => valueOf(to, name) !== undefined && value(from, name) !== value(to, name),
    ),
  };
}

/** As the words of `measured` have it. */
export const asMeasured = ({ stripped, added, rewritten }: Changes) => ({
  stripped: stripped.join(', '),
  added: added.join(', '),
  rewritten: rewritten.join(', '),
});
