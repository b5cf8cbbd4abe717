import { setTimeout as sleep } from 'node:timers/promises';
import { endTold } from '../acquaintance/told.js';
import { describe } from '../acquaintance.js';
import type { Check } from '../model.js';
import type { CheckProbe } from '../probe.js';
import { Company } from './company.js';
import { also, error, harmed } from './harmed.js';
import { type Fingerprint, fingerprintOf, Identity } from './identity.js';
import { goneSince } from './suspects.js';
import type { Said } from './trial.js';

/** A server that starts anew by itself is given this long. */
const TRIES = 4;
const PAUSE_MS = 300;
/** No further try is begun after it: one that hangs takes long to give no answer. */
const TRIES_MS = 5000;
/** For so long a server that was found gone is not asked again by those that end meanwhile. */
const GONE_MS = 3000;
/** How often a server is asked that looks like another: there may be several behind the address. */
const LOOKS = 12;
/** How often it is asked at the start, who it is. */
const SAMPLES = 3;
/** A connection held undisturbed is given longer than the one that ended was, to end as well. */
const LONGER = 1.25;
const SLACK_MS = 300;

/** What a new connection of a well-meaning client came to: it was let in, somebody turned it down, or nobody is there. */
type Seen =
  | { is: 'in' }
  | { is: 'down'; told: string; status: number }
  | { is: 'gone' }
  | { is: 'other'; told: string; print: Fingerprint };

/** Of a gateway whose server is not there (RFC 9110 §15.6.3, §15.6.5). */
const NOBODY_BEHIND: readonly number[] = [502, 504];
/** Of those who have had enough of a client for the moment. */
const ENOUGH: readonly number[] = [401, 403, 429, 503];

/**
 * Watches over the health of a server that is not ours. After every check a new connection has to be had, and whoever
 * answers has to be who answered at the start; beside a check that may do harm, a connection is held as well, so that a
 * server that was started anew is noticed.
 */
export class Watch {
  readonly #identity = new Identity();
  /** Under way, the same one several times where it is tried so. */
  readonly #underWay: string[] = [];
  readonly #held = new Map<string, Company | undefined>();
  #begun: Promise<void> | undefined;
  #asked: Promise<Seen> | undefined;
  #next: Promise<Seen> | undefined;
  /** Those that were under way when it was found gone. */
  #suspects: readonly string[] | undefined;
  #goneAt = Number.NEGATIVE_INFINITY;
  #lost = new AbortController();
  #other: string | undefined;

  #return: Promise<boolean> | undefined;

  /**
   * @param probe a fresh one, on nobody's account
   * @param returnMs how long a server that is gone is given to come back, in all
   */
  constructor(
    private readonly probe: () => CheckProbe,
    private readonly signal: AbortSignal,
    private readonly returnMs: number,
  ) {}

  /** Aborted when the server is found gone: what is under way then has nothing to wait for. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Before a check: why it cannot be tried. */
  async before(id: string, { reach = 'safe' }: Check): Promise<string | undefined> {
    this.#begun ??= this.#learn();
    await this.#begun;
    // Without a baseline every check says so by itself.
    if (!this.#identity.isKnown) return undefined;
    if (this.#other !== undefined) return this.#other;
    const suspects = this.#suspects;
    if (suspects) {
      const why = goneSince(suspects);
      this.#return ??= this.#comesBack();
      if (!(await this.#return)) return why;
      if (this.#other !== undefined) return this.#other;
      if (this.#suspects === suspects) this.#forget();
    }
    if (reach !== 'safe') this.#held.set(id, await Company.hold(this.probe()));
    this.#underWay.push(id);
    return undefined;
  }

  /** After a check: what it says, where that counts. What was seen of the server goes into `notes`. */
  async after(id: string, check: Check, said: Said, note: (text: string) => void): Promise<Said> {
    if (!this.#identity.isKnown) return said;
    const company = this.#held.get(id);
    this.#held.delete(id);
    try {
      const seen = await this.#seen(company !== undefined);
      if (this.signal.aborted) return said;
      if (seen.is === 'other') return error(seen.told);
      if (!company) return this.#judgeAlone(id, said, seen);
      return await this.#judge(id, check, said, company, seen, note);
    } finally {
      this.#underWay.splice(this.#underWay.indexOf(id), 1);
      await company?.[Symbol.asyncDispose]();
    }
  }

  /** Of checks that do no harm, many are under way at once: which of them did it cannot be told, but for a single one. */
  #judgeAlone(id: string, said: Said, seen: Seen): Said {
    if (seen.is === 'down') {
      const why = `a well-meaning client, let in at the start, is turned away now (${seen.told})`;
      if (!ENOUGH.includes(seen.status)) return error(why);
      // What was refused meanwhile may have been refused for that alone; what was let in was let in.
      if (said.outcome === 'pass' || said.outcome === 'info')
        return error(`${why}; with --rate the audit goes slower`);
      if (said.outcome === 'fail') return also(said, why);
    }
    if (seen.is !== 'gone' && !this.#suspects) return said;
    const first = !this.#suspects;
    this.#suspects ??= [...this.#underWay];
    const why = goneSince(this.#suspects);
    if (first) this.#lost.abort(new Error(why));
    const alone = this.#suspects.every((one) => one === id);
    if (!alone || (said.outcome !== 'fail' && said.outcome !== 'warn')) return error(why);
    return also(said, 'the server does not answer any more');
  }

  async #judge(
    id: string,
    check: Check,
    said: Said,
    company: Company,
    seen: Seen,
    note: (text: string) => void,
  ): Promise<Said> {
    const held = await company.look();
    const ended = held.is === 'ended' ? endTold(held.end) : undefined;
    if (ended !== undefined) note(`the connection held beside the check ended with ${ended}`);
    if (seen.is === 'gone' || (ended !== undefined && seen.is === 'down')) {
      this.#suspects = [id];
      const turned = seen.is === 'down' ? `; a new one is ${seen.told}` : '';
      const beside = ended === undefined ? '' : `: the connection held beside it ended with ${ended}`;
      return harmed(check, said, `${goneSince([id])}${beside}${turned}`);
    }
    if (held.is !== 'ended' || (await this.#endsAnyway(held.ageMs))) return said;
    note('a connection that was held undisturbed for as long did not end');
    const what = `the server went down and came back: the connection held beside it ended with ${ended}, and new ones are accepted`;
    return harmed(check, said, what);
  }

  /** Whether a connection that nothing is done beside, but that another is opened, ends at that age as well. */
  async #endsAnyway(ageMs: number): Promise<boolean> {
    await using control = await Company.hold(this.probe());
    if (!control) return true;
    await control.beside();
    return await control.endsWithin(ageMs * LONGER + SLACK_MS);
  }

  #forget(): void {
    this.#return = undefined;
    this.#suspects = undefined;
    this.#lost = new AbortController();
  }

  /** Waited for once: what never comes back is not to hold up everything that is left to try. */
  async #comesBack(): Promise<boolean> {
    const until = performance.now() + this.returnMs;
    do {
      if ((await this.#ask(1)).is !== 'gone') return true;
      await sleep(PAUSE_MS, undefined, { signal: this.signal }).catch(() => {});
    } while (performance.now() < until && !this.signal.aborted);
    return false;
  }

  /** Who answers at the start, asked several times. */
  async #learn(): Promise<void> {
    // Nothing is to stand in the way of the baseline.
    await using first = this.probe();
    await first.acquaintance().catch(() => {});
    const samples = Array.from({ length: SAMPLES }, async () => {
      await using probe = this.probe();
      const made = await probe.dial();
      if (made.conforms) this.#identity.learn(fingerprintOf(made));
    });
    await Promise.all(samples);
  }

  /** Checks that end together share one new connection, which is opened after all of them have ended. */
  #seen(alone: boolean): Promise<Seen> {
    if (performance.now() - this.#goneAt < GONE_MS) return Promise.resolve({ is: 'gone' });
    if (alone || !this.#asked) return this.#start();
    this.#next ??= this.#asked.then(() => {
      this.#next = undefined;
      return this.#start();
    });
    return this.#next;
  }

  #start(): Promise<Seen> {
    const asking = this.#ask(TRIES).finally(() => {
      if (this.#asked === asking) this.#asked = undefined;
    });
    this.#asked = asking;
    return asking;
  }

  async #ask(tries: number): Promise<Seen> {
    let seen: Seen = { is: 'gone' };
    this.#goneAt = Number.NEGATIVE_INFINITY;
    const until = performance.now() + TRIES_MS;
    const more = () => !this.signal.aborted && performance.now() < until;
    for (let tried = 1; tried === 1 || (tried <= tries && more()); tried++) {
      if (tried > 1) await sleep(PAUSE_MS, undefined, { signal: this.signal }).catch(() => {});
      seen = await this.#look();
      if (seen.is === 'in') return seen;
      const strangers: Fingerprint[] = [];
      // Which of several servers answers is up to who spreads them.
      for (let looks = 1; seen.is === 'other' && looks < LOOKS; looks++) {
        strangers.push(seen.print);
        seen = await this.#look();
      }
      // Where one that is known answers as well, the others stand beside it.
      if (seen.is === 'in') {
        for (const print of strangers) this.#identity.learn(print);
        return seen;
      }
      if (seen.is === 'other') {
        this.#other = seen.told;
        return seen;
      }
    }
    if (seen.is === 'gone') this.#goneAt = performance.now();
    return seen;
  }

  async #look(): Promise<Seen> {
    await using probe = this.probe();
    const made = await probe.dial();
    if (made.conforms) {
      const print = fingerprintOf(made);
      if (this.#identity.knows(print)) return { is: 'in' };
      const told = this.#identity.told(print);
      return {
        is: 'other',
        told: `another server answers at this address than at the start (${told})`,
        print,
      };
    }
    const status = made.answer?.status ?? 0;
    if (status === 0 || NOBODY_BEHIND.includes(status)) return { is: 'gone' };
    return { is: 'down', told: describe(made), status };
  }
}
