import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, type Attempt, accountOf, linesOf, type Recorded, settled } from './account.js';
import { acquaint, describe, livesOn, received } from './acquaintance.js';
import { CannotTry } from './cannot-try.js';
import { Unreachable } from './clients/connect.js';
import type { Context } from './clients/context.js';
import { dial } from './clients/dial.js';
import { ask } from './clients/http.js';
import { link } from './clients/link.js';
import { wsClient } from './clients/ws.js';
import type { TappedPlace } from './lab.js';
import { catchClient, habitsOf, type Trapper } from './lures/index.js';
import type {
  Acquaintance,
  Authority,
  Budget,
  Caught,
  Client,
  ClientOptions,
  ClientSession,
  ConnectChoice,
  Dial,
  DialOptions,
  Evidence,
  Habits,
  HopRecord,
  HttpAnswer,
  Knock,
  LiveOptions,
  LiveSession,
  Lure,
  Patience,
  Peer,
  Probe,
  Route,
  Sighting,
  Sightings,
  Target,
} from './model.js';
import { Meter, Traffic } from './probe/meter.js';
import { inOrder, Notebook } from './probe/notebook.js';

export { CannotTry } from './cannot-try.js';

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
  /** How to talk to a server that is not ours. */
  target?: Target;
  budget?: Budget;
  traffic?: Traffic;
}

/** How long a program may take to its first request; a browser on a busy machine is slow. */
const START_MS = 20_000;

/** The echo origin, as well-meaning clients talk to it. */
const ECHO: Target = { path: '/echo', headers: [], allowedOrigins: [], subprotocols: [] };

/** What one check works with at one place: records what it does, and closes what it opened, last first. */
export class CheckProbe implements Probe, AsyncDisposable {
  readonly route: Route;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly hops: readonly HopRecord[];
  readonly authority: Authority;
  readonly client: Client;
  readonly sightings?: Sightings;
  readonly target: Target;
  readonly #notebook = new Notebook();
  readonly #traffic: Traffic;
  readonly #context: Context;
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
    const { record } = this.#notebook;
    this.client = parts.client ?? wsClient(record);
    this.#traffic = parts.traffic ?? new Traffic();
    const { admit, opened, spend } = new Meter(parts.budget, this.#traffic, this.signal);
    const unmarked = parts.target !== undefined;
    this.#context = { record, signal: this.signal, admit, opened, spend, unmarked };
    this.target = parts.target ?? { ...ECHO, path: pathOf(this.route) };
    if (parts.place.sightings) this.sightings = parts.place.sightings;
  }

  get ours(): boolean {
    return this.sightings !== undefined;
  }

  async dial(options: DialOptions = {}): Promise<Dial> {
    const answerMs = options.answerMs ?? this.patience.answerMs;
    const asked = { ...this.#usual(options), answerMs };
    return this.own(await dial(options.route ?? this.route, asked, this.#context));
  }

  /** What a well-meaning client's handshake carries, with what is to be different about it. */
  #usual(options: DialOptions): DialOptions {
    const { path, headers, origin, subprotocols } = this.target;
    if (options.bare) return { path, ...options };
    const browser = origin === undefined ? [] : [['Origin', origin] as const];
    return {
      path,
      ...(subprotocols.length > 0 && { subprotocols }),
      ...options,
      headers: [...headers, ...browser, ...(options.headers ?? [])],
    };
  }

  acquaintance(): Promise<Acquaintance> {
    const { answerMs } = this.patience;
    // All checks of the place rest on it: it is on nobody's account.
    const { admit, opened, spend } = new Meter(undefined, this.#traffic, this.signal);
    const attempt = async () =>
      this.own(
        await dial(this.route, { ...this.#usual({}), answerMs }, { ...this.#context, admit, opened, spend }),
      );
    return this.once('acquaintance', () => acquaint(attempt, this.target, answerMs));
  }

  async knock(options: DialOptions = {}): Promise<Knock> {
    const known = await this.acquaintance();
    const made = await this.dial(options);
    return Object.assign(made, await received(made, known, this.target, this.patience.answerMs));
  }

  async meet(options: DialOptions = {}): Promise<Peer> {
    if (this.sightings) return this.raw(options);
    const made = await this.knock(options);
    if (made.peer && made.reception === 'accepted') return made.peer;
    throw new CannotTry(`no baseline here: ${made.told}`);
  }

  async lives(peer: Peer, withinMs = this.patience.answerMs): Promise<boolean> {
    return livesOn(peer, await this.acquaintance(), this.target, withinMs);
  }

  async connect(choice: ConnectChoice = {}): Promise<Peer> {
    const answerMs = choice.answerMs ?? this.patience.answerMs;
    try {
      return this.own(await link(choice.route ?? this.route, { ...choice, answerMs }, this.#context));
    } catch (fault) {
      if (!(fault instanceof Unreachable)) throw fault;
      throw new CannotTry(`no baseline here: ${fault.message}`);
    }
  }

  async raw(options: DialOptions = {}): Promise<Peer> {
    if (this.parts.target && (await this.acquaintance()).sign !== 'echo')
      throw new CannotTry('it takes an endpoint that echoes, and this one does not');
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
    if (session.token !== undefined) this.#notebook.attempt({ token: session.token, from });
    return session;
  }

  async lure(lure: Lure): Promise<Caught> {
    const tls = lure.certificate !== undefined || (await this.#takesTlsAlone());
    const habits = await this.habits(tls);
    const shown: Lure = tls ? { certificate: 'good', ...lure } : lure;
    // A program that is started again is about as quick as it was.
    const startMs = Math.min(this.#trapper.startMs, 4 * habits.startMs + 3000);
    return this.own(await catchClient(shown, { ...this.#trapper, startMs }, async () => habits));
  }

  async habits(tls?: boolean): Promise<Habits> {
    if (tls === undefined) return this.habits(await this.#takesTlsAlone());
    return this.once(`habits ${tls ? 'wss' : 'ws'}`, () => habitsOf(tls, this.#trapper));
  }

  /** A client that takes no server in clear is met with TLS. */
  async #takesTlsAlone(): Promise<boolean> {
    const works = (tls: boolean) =>
      this.habits(tls).then(
        () => true,
        (fault: unknown) => {
          if (fault instanceof CannotTry) return false;
          throw fault;
        },
      );
    return !(await works(false)) && works(true);
  }

  get #trapper(): Trapper {
    const { client, authority, signal } = this;
    const note: Trapper['note'] = (kind, text, bytes, marked) =>
      this.#notebook.record(kind, text, bytes, { ...marked, by: 'origin' });
    return {
      client,
      authority,
      signal,
      note,
      answerMs: this.patience.answerMs,
      startMs: client.startMs ?? START_MS,
    };
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
    return ask(this.route, path, options, this.#context);
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
    this.#notebook.record('note', text, bytes);
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
    return inOrder([...this.#reliedOn()].flatMap((probe) => probe.#notebook.seen(this.sightings)));
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
    return [...this.#reliedOn()].flatMap((probe) => probe.#notebook.attempts);
  }

  /** What was recorded on the way tells of the connections that this check rests on. */
  account(): Account {
    const accounts = [...this.#reliedOn()].map((probe) =>
      accountOf(this.#recorded, probe.#notebook.attempts),
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

/** A user's own URL may have a path. */
const pathOf = ({ url }: Route): string => new URL(url).pathname.replace(/^\/$/, '') || '/echo';
