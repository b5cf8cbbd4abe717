import type { Test } from 'tap';
import { eachOf } from '../channel.js';
import type { Check, Origin, Outcome, Patience, Target } from '../model.js';
import { tryAt } from './controls.js';

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
