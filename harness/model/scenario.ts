import type { Client } from './client.js';
import type { Check, Outcome } from './judgement.js';
import type { Intermediary, Origin } from './program.js';
import type { Accepted } from './record.js';

/** What a place is known to break, and why. */
export interface Expectation {
  outcome: Outcome;
  because: string;
  /** A user has accepted that it breaks: a failure and a warning are then alike, and anything better is welcome. */
  accepted?: Accepted;
}

/** A check that a scenario brings along, with the id that a file of ours would give it. */
export type OwnCheck = Check & { id: string };

export interface Scenario {
  title: string;
  origin: Origin;
  via: readonly Intermediary[];
  /** Check ids or id prefixes (`masking`, `opening/upgrade`), and checks of the scenario's own. */
  checks: readonly (string | OwnCheck)[];
  /** By check id or id prefix; the longest that fits counts. What is not named is expected to pass. */
  expect?: Readonly<Record<string, Expectation>>;
  /** The client under test, for checks that judge a client; `ws` when absent. */
  client?: Client;
}
