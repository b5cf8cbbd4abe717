import { describe } from '../acquaintance.js';
import { CannotTry } from '../cannot-try.js';
import type { Dial, End, Peer } from '../model.js';
import type { CheckProbe } from '../probe.js';

/** Of a connection that can only be seen to be open: until what ended it has arrived. */
const ARRIVES_MS = 200;

/** What was held beside a check: it shows the sign of life, stays open in silence, or has ended. */
export type Held = { is: 'alive' | 'silent' } | { is: 'ended'; end: End; ageMs: number };

/** A connection of a well-meaning client, held beside what a check does. */
export class Company implements AsyncDisposable {
  readonly #since = performance.now();

  private constructor(
    private readonly probe: CheckProbe,
    private readonly peer: Peer,
  ) {}

  /** Opens one, sign of life included; undefined where it cannot be had. */
  static async hold(probe: CheckProbe): Promise<Company | undefined> {
    try {
      return new Company(probe, await met(probe));
    } catch (fault) {
      await probe[Symbol.asyncDispose]();
      if (fault instanceof CannotTry) return undefined;
      throw fault;
    }
  }

  async look(): Promise<Held> {
    const { again } = await this.probe.acquaintance();
    const lives = await this.probe.lives(this.peer, again === 'open' ? ARRIVES_MS : undefined);
    const end = await this.peer.farewell(0);
    return end ? this.#ended(end) : { is: lives ? 'alive' : 'silent' };
  }

  /** Whether it ends by itself, left alone for so long. */
  async endsWithin(ms: number): Promise<boolean> {
    return (await this.peer.farewell(ms)) !== undefined;
  }

  /** Another attempt beside it. */
  beside(): Promise<Dial> {
    return this.probe.dial();
  }

  #ended(end: End): Held {
    return { is: 'ended', end, ageMs: end.at - this.#since };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.probe[Symbol.asyncDispose]();
  }
}

/** To read on past the 101 takes its time where nothing comes that could be told from silence. */
async function met(probe: CheckProbe): Promise<Peer> {
  const { sign } = await probe.acquaintance();
  if (sign !== 'open' && sign !== 'pong') return probe.meet();
  const made = await probe.dial();
  if (made.peer && made.conforms) return made.peer;
  throw new CannotTry(describe(made));
}
