import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, type Attempt, accountOf, linesOf, type Recorded, settled } from './account.js';
import { dial } from './clients/dial.js';
import { ask } from './clients/http.js';
import type { Recorder } from './clients/recorder.js';
import { wsClient } from './clients/ws.js';
import type { TappedPlace } from './lab.js';
import type {
  Authority,
  Client,
  ClientOptions,
  ClientSession,
  Dial,
  DialOptions,
  Evidence,
  HopRecord,
  HttpAnswer,
  LiveOptions,
  LiveSession,
  Patience,
  Peer,
  Probe,
  Route,
  Sighting,
  Sightings,
} from './model.js';

const MOST_EVIDENCE = 600;
/** Connections of one check whose octets are kept. */
const MOST_TRANSCRIPTS = 64;
const MOST_SHOWN = 4096;
/** Of one check's evidence. */
const MOST_OCTETS = 256 * 1024;

/** The check cannot be tried at this place; the runner makes it a skip with this reason. */
export class CannotTry extends Error {
  override name = 'CannotTry';
}

/** What was measured of a place, and the probe that measured it. */
export type Facts = Map<string, { value: Promise<unknown>; by: CheckProbe }>;

export interface ProbeParts {
  place: TappedPlace;
  hops: readonly HopRecord[];
  facts: Facts;
  patience: Patience;
  authority: Authority;
  signal: AbortSignal;
  client?: Client;
  alone: boolean;
}

/** What one check works with at one place: records what it does, and closes what it opened, last first. */
export class CheckProbe implements Probe, AsyncDisposable {
  readonly route: Route;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly hops: readonly HopRecord[];
  readonly authority: Authority;
  readonly client: Client;
  readonly sightings?: Sightings;
  readonly #evidence: Evidence[] = [];
  #octets = 0;
  readonly #attempts = new Map<string, Attempt>();
  readonly #owned: AsyncDisposable[] = [];
  #closed = false;
  /** Probes that measured what this one relies on: what they saw is evidence here too. */
  readonly #lenders = new Set<CheckProbe>();

  constructor(private readonly parts: ProbeParts) {
    this.route = parts.place.route;
    this.patience = parts.patience;
    this.signal = parts.signal;
    // Checks wait for many things at once.
    setMaxListeners(0, this.signal);
    this.hops = parts.hops;
    this.authority = parts.authority;
    this.client = parts.client ?? wsClient(this.#record);
    if (parts.place.sightings) this.sightings = parts.place.sightings;
  }

  get ours(): boolean {
    return this.sightings !== undefined;
  }

  readonly #record: Recorder = (kind, text, bytes, { transcript, ...marked } = {}) => {
    if (transcript && marked.of !== undefined)
      this.#attempt({ token: marked.of, from: transcript.openedAt, transcript });
    if (this.#evidence.length >= MOST_EVIDENCE) return;
    const kept = bytes?.subarray(0, Math.min(MOST_SHOWN, MOST_OCTETS - this.#octets));
    this.#octets += kept?.length ?? 0;
    const shown = kept && Buffer.from(kept).toString('base64');
    this.#evidence.push({
      at: performance.now(),
      by: 'client',
      kind,
      text,
      ...(shown && { bytes: shown }),
      ...marked,
    });
  };

  async dial(options: DialOptions = {}): Promise<Dial> {
    const context = { record: this.#record, signal: this.signal };
    const answerMs = options.answerMs ?? this.patience.answerMs;
    return this.own(await dial(options.route ?? this.route, { ...options, answerMs }, context));
  }

  #attempt(attempt: Attempt): void {
    const known = this.#attempts.get(attempt.token);
    if (known) {
      if (known.transcript && attempt.transcript) known.ambiguous = true;
      return;
    }
    this.#attempts.set(attempt.token, attempt);
    // Some checks connect again and again; what their verdict rests on came last.
    const old = [...this.#attempts.values()].at(-1 - MOST_TRANSCRIPTS);
    if (old) this.#attempts.set(old.token, { token: old.token, from: old.from });
  }

  async raw(options: DialOptions = {}): Promise<Peer> {
    const made = await this.dial(options);
    if (!made.peer || !made.conforms) throw new CannotTry(`no baseline here: ${describe(made)}`);
    if (!(await made.peer.echo(this.patience.answerMs))) {
      throw new CannotTry('no baseline here: the handshake was accepted, but no echo came back');
    }
    // The origin is found again by what the query says.
    if (this.sightings && !(await this.sightings.of(made.token, this.patience.answerMs))) {
      throw new CannotTry('no baseline here: an echo came back, but the origin did not see this handshake');
    }
    return made.peer;
  }

  async sighting(token: string, withinMs = 1000): Promise<Sighting | undefined> {
    if (!this.sightings) throw new CannotTry('it takes the origin’s view, and this origin is not ours');
    return this.sightings.of(token, withinMs);
  }

  async open(options: ClientOptions = {}): Promise<ClientSession> {
    const from = performance.now();
    const session = this.own(await this.client.open(this.route, { signal: this.signal, ...options }));
    if (session.token !== undefined) this.#attempt({ token: session.token, from });
    return session;
  }

  async live(options: Partial<LiveOptions> & { path: string }): Promise<LiveSession> {
    if (!this.client.live) throw new CannotTry(`the client under test (${this.client.name}) has no fallback`);
    const session = await this.client.live(this.route, {
      transports: ['websocket', 'sse', 'long-poll', ...(this.route.proxy ? (['connect'] as const) : [])],
      attemptMs: this.patience.answerMs,
      signal: this.signal,
      ...options,
    });
    return this.own(session);
  }

  http(path: string, options: Parameters<Probe['http']>[1] = {}): Promise<HttpAnswer> {
    return ask(this.route, path, options, { record: this.#record, signal: this.signal });
  }

  lever(name: string): (() => Promise<void>) | undefined {
    if (!this.parts.alone)
      throw new Error('only a check that has the place for itself (alone: true) may pull a lever');
    for (const { intermediary, service } of this.parts.place.hops) {
      const lever = intermediary.levers?.(service.site)[name];
      if (!lever) continue;
      return async () => {
        this.note(`${service.name}: ${name}`);
        await lever();
      };
    }
    return undefined;
  }

  once<T>(fact: string, measure: () => Promise<T>): Promise<T> {
    const known = this.parts.facts.get(fact) ?? { value: measure(), by: this };
    this.parts.facts.set(fact, known);
    if (known.by !== this) this.#lenders.add(known.by);
    return known.value as Promise<T>;
  }

  suspect(): string {
    const between = this.parts.place.hops.map(({ service }) => service.name);
    return between.length === 0 ? 'origin' : [...new Set(between)].join(' or ');
  }

  note(text: string, bytes?: Uint8Array): void {
    this.#record('note', text, bytes);
  }

  own<T extends AsyncDisposable>(resource: T): T {
    if (this.#closed) {
      // A check may go on for a moment after its time was up.
      void resource[Symbol.asyncDispose]().then(undefined, () => {});
      throw new Error('the check is over');
    }
    this.#owned.push(resource);
    return resource;
  }

  async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.signal });
  }

  /** What the client and the origin saw of this check's connections, on one clock. */
  evidence(): Evidence[] {
    const seen = [...this.#reliedOn()].flatMap((probe) => probe.#seen());
    return seen.sort((a, b) => a.at - b.at).slice(0, MOST_EVIDENCE);
  }

  #seen(): Evidence[] {
    const all = this.sightings?.all() ?? [];
    const own = [...this.#attempts.keys()].flatMap((token) => all.find((one) => one.token === token) ?? []);
    return [...this.#evidence, ...own.flatMap(({ evidence }) => evidence)];
  }

  /** Itself and those that measured what it relies on, each once: two may rely on each other. */
  #reliedOn(known = new Set<CheckProbe>()): Set<CheckProbe> {
    if (known.has(this)) return known;
    known.add(this);
    for (const lender of this.#lenders) lender.#reliedOn(known);
    return known;
  }

  /** Waits until what is under way on the connections that this check rests on has got through; not for long. */
  async settled(): Promise<void> {
    await settled(this.#recorded, this.#reliedOnAttempts);
  }

  /** What the hops themselves wrote of these connections. */
  logLines(): Promise<Evidence[]> {
    return linesOf(this.#recorded, this.#reliedOnAttempts);
  }

  get #reliedOnAttempts(): Attempt[] {
    return [...this.#reliedOn()].flatMap((probe) => [...probe.#attempts.values()]);
  }

  /** What was recorded on the way tells of the connections that this check rests on. */
  account(): Account {
    const accounts = [...this.#reliedOn()].map((probe) =>
      accountOf(this.#recorded, [...probe.#attempts.values()]),
    );
    const telling =
      accounts.find(({ blame }) => blame) ??
      accounts.find(({ changes }) => changes.length > 0) ??
      accounts[0]!;
    return { ...telling, entries: accounts.flatMap(({ entries }) => entries) };
  }

  get #recorded(): Recorded {
    const { taps, hops, route, sightings } = this.parts.place;
    return { taps, hops: hops.map(({ service }) => service), route, ...(sightings && { sightings }) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const faults: unknown[] = [];
    for (const resource of this.#owned.splice(0).reverse()) {
      try {
        await resource[Symbol.asyncDispose]();
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, faults.map(String).join('; '));
  }
}

/** In a few words, what came of an attempt. */
export function describe(made: Dial): string {
  if (made.failure !== undefined) return `${made.handshake} (${made.failure})`;
  if (!made.answer) return made.handshake;
  const { status, reason } = made.answer;
  return made.handshake === 'accepted' ? `the 101 is wrong` : `refused with ${status} ${reason}`.trimEnd();
}
