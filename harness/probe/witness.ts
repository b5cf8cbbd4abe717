import { type Account, type Attempt, accountOf, linesOf, type Recorded, settled } from '../account.js';
import type { TappedPlace } from '../lab.js';
import type { Evidence } from '../model.js';
import { inOrder, Notebook } from './notebook.js';

/** What one check saw at its place, what others saw that it relies on, and what became of all that on the way. */
export class Witness {
  readonly notebook = new Notebook();
  /** Those that measured what this one relies on: what they saw is evidence here too. */
  readonly #lenders = new Set<Witness>();

  constructor(private readonly place: TappedPlace) {}

  relyOn(other: Witness): void {
    if (other !== this) this.#lenders.add(other);
  }

  /** What the client and the origin saw of the connections that its check rests on, on one clock. */
  evidence(): Evidence[] {
    return inOrder(this.#reliedOn().flatMap(({ notebook }) => notebook.seen(this.place.sightings)));
  }

  /** Waits until what is under way on these connections has got through; not for long. */
  async settled(): Promise<void> {
    await settled(this.#recorded, this.#attempts);
  }

  /** What the hops themselves wrote of them. */
  logLines(): Promise<Evidence[]> {
    return linesOf(this.#recorded, this.#attempts);
  }

  /** What was recorded on the way tells of them. */
  account(): Account {
    const accounts = this.#reliedOn().map(({ notebook }) => accountOf(this.#recorded, notebook.attempts));
    const telling =
      accounts.find(({ blame }) => blame) ??
      accounts.find(({ changes }) => changes.length > 0) ??
      accounts[0]!;
    return { ...telling, entries: accounts.flatMap(({ entries }) => entries) };
  }

  /** Itself and those that it relies on, each once: two may rely on each other. */
  #reliedOn(): Witness[] {
    const known = new Set<Witness>([this]);
    // What is added to a set while it is walked is walked too.
    for (const witness of known) for (const lender of witness.#lenders) known.add(lender);
    return [...known];
  }

  get #attempts(): Attempt[] {
    return this.#reliedOn().flatMap(({ notebook }) => notebook.attempts);
  }

  get #recorded(): Recorded {
    const { taps, hops, route, sightings } = this.place;
    return { taps, hops: hops.map(({ service }) => service), route, ...(sightings && { sightings }) };
  }
}
