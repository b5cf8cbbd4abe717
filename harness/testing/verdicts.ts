import type { Test } from 'tap';
import { eachOf } from '../channel.js';
import type { Check, Origin, Outcome, Patience, Severity, Target } from '../model.js';
import { type Control, tryAt } from './controls.js';

/** What a check has to say of a subject, where neither of its controls shows it. */
export interface Saying {
  check: Check;
  at: Origin;
  outcome: Outcome;
  message?: RegExp;
  /** Of the finding. */
  also?: object;
  target?: Partial<Target>;
}

const AT_ONCE = 6;

/** Tries them, several at once. */
export const says = (t: Test, sayings: readonly Saying[], patience: Partial<Patience>): Promise<void> =>
  eachOf(sayings, AT_ONCE, new AbortController().signal, async (saying) => {
    const { check, at, outcome, message = /./, also, target } = saying;
    const said = await tryAt(check, { origin: at, patience, ...(target && { target }) });
    t.match(said, { outcome, message, ...also }, `${check.title}, at ${at.title}: ${said.message}`);
  });

/** The same as a line of a table: the subject with all that belongs to it, and how bad it is. */
export type Case = [
  name: string,
  check: Check,
  control: Control,
  outcome: Outcome,
  severity?: Severity | undefined,
  says?: RegExp,
];

/** Tries them all at once. */
export async function tryCases(t: Test, cases: readonly Case[]): Promise<void> {
  await Promise.all(
    cases.map(async ([name, check, control, outcome, severity, says]) => {
      const found = await tryAt(check, control);
      t.equal(found.outcome, outcome, `${name}: ${found.message}`);
      if (severity) t.equal(found.severity ?? check.severity, severity, name);
      if (says) t.match(found.message, says, name);
    }),
  );
}
