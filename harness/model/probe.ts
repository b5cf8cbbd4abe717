import type { Client, ClientOptions, ClientSession, LiveOptions, LiveSession } from './client.js';
import type { ConnectChoice, Dial, DialOptions, HttpAnswer, Peer } from './dial.js';
import type { Sighting, Sightings } from './evidence.js';
import type { Caught, Habits, Lure } from './lure.js';
import type { Authority, Route } from './place.js';
import type { HopRecord } from './record.js';
import type { Acquaintance, Knock, Target } from './target.js';

/** Bounds that a run sets for its checks. */
export interface Patience {
  /** How long an answer that ought to come at once is waited for. */
  answerMs: number;
  /** How long a silent connection is watched for a cut. */
  idleMs: number;
  /** How long a time limit of unknown length is waited for, at most. */
  limitMs: number;
}

/** What a check works with. It never knows where it runs. */
export interface Probe {
  readonly route: Route;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly hops: readonly HopRecord[];
  /** Whether the far end is an origin of ours, which answers the paths of `origins/echo` and reports what it sees. */
  readonly ours: boolean;
  readonly sightings?: Sightings;
  /** PEM of the lab's CA, and certificates of its making, for checks that put up a far end of their own. */
  readonly authority: Authority;
  /** One attempt; never throws for what the far end does. */
  dial(options?: DialOptions): Promise<Dial>;
  /** An open connection over which an echo has come back; where that cannot be had the check is skipped with the reason. */
  raw(options?: DialOptions): Promise<Peer>;
  /** How a well-meaning client talks to the endpoint; for an origin of ours, to its `/echo`. */
  readonly target: Target;
  /** The baseline: how the endpoint treats that client. Measured once; where it cannot be had the check is skipped with the reason. */
  acquaintance(): Promise<Acquaintance>;
  /** One attempt with the target's parameters, read on past the 101; never throws for what the far end does. */
  knock(options?: DialOptions): Promise<Knock>;
  /** An open connection on which the baseline's sign of life has come; where that cannot be had the check is skipped. */
  meet(options?: DialOptions): Promise<Peer>;
  /** Whether an open connection shows the baseline's sign of life (again). */
  lives(peer: Peer, withinMs?: number): Promise<boolean>;
  /** A TCP (for wss a TLS) connection on which nothing has been sent, for octets; where it cannot be had the check is skipped. */
  connect(options?: ConnectChoice): Promise<Peer>;
  /** The client under test. */
  readonly client: Client;
  /** What the origin saw of a connection; skips the check when the origin is not ours. */
  sighting(token: string, withinMs?: number): Promise<Sighting | undefined>;
  /** Opens the client under test at this place; it is closed with the check. */
  open(options?: ClientOptions): Promise<ClientSession>;
  /**
   * Puts up a server for the client under test alone, has the client come, and gives what it did once `serve` is done with the
   * first connection, or the client has not come. Skips the check where the client does not take a sound server of the kind.
   */
  lure(lure: Lure): Promise<Caught>;
  /** The baseline of the client under test: how it treats a sound server, in clear or with TLS; as it can be had when absent. Measured once. */
  habits(tls?: boolean): Promise<Habits>;
  /** A live stream of the client under test; skips the check when it has none. */
  live(options: Partial<LiveOptions> & { path: string }): Promise<LiveSession>;
  http(
    path: string,
    options?: {
      method?: string;
      headers?: readonly (readonly [string, string])[];
      body?: string;
      withinMs?: number;
    },
  ): Promise<HttpAnswer>;
  /** Something that a hop of this place can be made to do; undefined where none can. Only with `alone`. */
  lever(name: string): (() => Promise<void>) | undefined;
  /** Measured once per place and shared by its checks. */
  once<T>(fact: string, measure: () => Promise<T>): Promise<T>;
  /** Whose doing it is, when neither end did it: the only hop's name, `a or b` for several, the far end where there is no hop. */
  suspect(): string;
  /** Something of the check's own for the evidence. */
  note(text: string, bytes?: Uint8Array): void;
  /** Closed with the check, last first. */
  own<T extends AsyncDisposable>(resource: T): T;
  wait(ms: number): Promise<void>;
}
