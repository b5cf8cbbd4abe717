import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.js';
import { CannotTry } from './cannot-try.js';
import type { Context } from './clients/context.js';
import { ask } from './clients/http.js';
import { wsClient } from './clients/ws.js';
import type { TappedPlace } from './lab.js';
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
import { ClientSide } from './probe/client-side.js';
import { EndpointSide } from './probe/endpoint.js';
import { Meter, Traffic } from './probe/meter.js';
import { Witness } from './probe/witness.js';

export { CannotTry } from './cannot-try.js';

/** What was measured of a place, and for which check. */
export type Facts = Map<string, { value: Promise<unknown>; by: Witness }>;

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
  readonly #witness: Witness;
  readonly #context: Context;
  readonly #endpoint: EndpointSide;
  readonly #clientSide: ClientSide;
  readonly #owned: AsyncDisposable[] = [];
  #closed = false;

  constructor(private readonly parts: ProbeParts) {
    this.route = parts.place.route;
    this.patience = parts.patience;
    this.signal = parts.signal;
    // Checks wait for many things at once.
    setMaxListeners(0, this.signal);
    this.hops = parts.hops;
    this.authority = parts.authority;
    this.#witness = new Witness(parts.place);
    const { record } = this.#witness.notebook;
    this.client = parts.client ?? wsClient(record);
    this.target = parts.target ?? { ...ECHO, path: pathOf(this.route) };
    if (parts.place.sightings) this.sightings = parts.place.sightings;
    const traffic = parts.traffic ?? new Traffic();
    const { admit, opened, spend } = new Meter(parts.budget, traffic, this.signal);
    const stranger = parts.target !== undefined;
    this.#context = { record, signal: this.signal, admit, opened, spend, unmarked: stranger };
    this.#endpoint = new EndpointSide(this, { context: this.#context, traffic, stranger });
    this.#clientSide = new ClientSide(this, this.#witness.notebook);
  }

  get ours(): boolean {
    return this.sightings !== undefined;
  }

  dial(options: DialOptions = {}): Promise<Dial> {
    return this.#endpoint.dial(options);
  }

  acquaintance(): Promise<Acquaintance> {
    return this.#endpoint.acquaintance();
  }

  knock(options: DialOptions = {}): Promise<Knock> {
    return this.#endpoint.knock(options);
  }

  meet(options: DialOptions = {}): Promise<Peer> {
    return this.#endpoint.meet(options);
  }

  lives(peer: Peer, withinMs?: number): Promise<boolean> {
    return this.#endpoint.lives(peer, withinMs);
  }

  connect(choice: ConnectChoice = {}): Promise<Peer> {
    return this.#endpoint.connect(choice);
  }

  raw(options: DialOptions = {}): Promise<Peer> {
    return this.#endpoint.raw(options);
  }

  async sighting(token: string, withinMs = 1000): Promise<Sighting | undefined> {
    if (!this.sightings) throw new CannotTry('it takes the origin’s view, and this origin is not ours');
    return this.sightings.of(token, withinMs);
  }

  async open(options: ClientOptions = {}): Promise<ClientSession> {
    const from = performance.now();
    const session = this.own(await this.client.open(this.route, { signal: this.signal, ...options }));
    if (session.token !== undefined) this.#witness.notebook.attempt({ token: session.token, from });
    return session;
  }

  lure(lure: Lure): Promise<Caught> {
    return this.#clientSide.lure(lure);
  }

  habits(tls?: boolean): Promise<Habits> {
    return this.#clientSide.habits(tls);
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
    const known = this.parts.facts.get(fact) ?? { value: measure(), by: this.#witness };
    this.parts.facts.set(fact, known);
    this.#witness.relyOn(known.by);
    return known.value as Promise<T>;
  }

  suspect(): string {
    const between = this.parts.place.hops.map(({ service }) => service.name);
    return between.length === 0 ? 'origin' : [...new Set(between)].join(' or ');
  }

  note(text: string, bytes?: Uint8Array): void {
    this.#witness.notebook.record('note', text, bytes);
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
    return this.#witness.evidence();
  }

  /** Waits until what is under way on the connections that this check rests on has got through; not for long. */
  settled(): Promise<void> {
    return this.#witness.settled();
  }

  /** What the hops themselves wrote of these connections. */
  logLines(): Promise<Evidence[]> {
    return this.#witness.logLines();
  }

  /** What was recorded on the way tells of the connections that this check rests on. */
  account(): Account {
    return this.#witness.account();
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
