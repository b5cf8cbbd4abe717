import { performance } from 'node:perf_hooks';
import type { Facts } from '../probe.js';
import type { Said, Trial } from './trial.js';

/** In all; what finds no room one at a time does not get any by waiting. */
const AGAIN_MS = 30_000;

/** Of a check that was not let in where a well-meaning client is, or that heard of too many requests. */
const NO_ROOM =
  /^no baseline here: (?!refused with (?!429|503))|\b(?:429|503)\b|too much to do|too many requests|bounded in number|with --rate/;

/**
 * Checks that stood in each other's way: endpoints take so many connections at once, so many in a second, or one a client,
 * and some drop one now and then. What was tried beside others and could not be told is tried once more by itself.
 */
export class Crowd {
  readonly #put = new Map<string, Trial>();
  #until: number | undefined;

  constructor(private readonly facts: Facts) {}

  /** Whether the check is to be tried once more, when the others are done. */
  async putsOff(id: string, trial: Trial): Promise<boolean> {
    if (!isUntold(trial.said) || !NO_ROOM.test(trial.said.message)) return false;
    const baseline = this.facts.get('acquaintance')?.value;
    const known = await baseline?.then(
      () => true,
      () => false,
    );
    if (known) this.#put.set(id, trial);
    return known ?? false;
  }

  /** What is left of the first try, where there is no time for a second. */
  begin(id: string): Trial | undefined {
    const before = this.#put.get(id);
    if (!before) return undefined;
    // What was measured in the crowd may be wrong.
    if (this.#until === undefined)
      for (const fact of this.facts.keys()) if (fact !== 'acquaintance') this.facts.delete(fact);
    this.#until ??= performance.now() + AGAIN_MS;
    return performance.now() < this.#until ? undefined : before;
  }

  /** Of both tries, what says more. */
  telling(id: string, trial: Trial): Trial {
    const before = this.#put.get(id);
    return before?.said.outcome === 'error' && isUntold(trial.said) ? before : trial;
  }
}

const isUntold = ({ outcome }: Said): boolean => outcome === 'skip' || outcome === 'error';
