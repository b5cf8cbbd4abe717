import type { Handshake } from './dial.js';
import type { End } from './evidence.js';
import type { Launched } from './lure.js';
import type { Route } from './place.js';

/** A WebSocket client as users have them; what checks of clients judge. */
export interface Client {
  name: string;
  version?: string;
  open(route: Route, options?: ClientOptions): Promise<ClientSession>;
  /** Keeps a numbered stream going whatever the path does to it, if the client can; see `LiveSession`. */
  live?(route: Route, options: LiveOptions): Promise<LiveSession>;
  /** Keeps a connection up, connecting anew whenever it could not be had or was lost, until it is disposed of. */
  reconnect?(route: Route, options: ReconnectOptions): AsyncDisposable;
  /** It is a program, which is started for this URL: it cannot be told what to send, nor asked whether it is open. */
  launch?(route: Route, options: LaunchOptions): Promise<Launched>;
  /** How long such a program may take from its start to its request, in ms. */
  startMs?: number;
}

export interface LaunchOptions {
  /** The forward proxy to name to it, credentials included. */
  proxy?: string;
  /** One more for a lure that another has come to already: it waits for no turn of its own. */
  extra?: boolean;
  signal: AbortSignal;
}

export type Transport = 'websocket' | 'sse' | 'long-poll' | 'connect';

export interface LiveOptions {
  /** Path and query of the stream: `/live?session=…`. */
  path: string;
  /** What to try, in this order. `connect` is WebSocket by CONNECT through the route's forward proxy. */
  transports: readonly Transport[];
  /** How long one transport may take to its first message. */
  attemptMs: number;
  /** How often WebSocket is tried again while something lesser carries; never when absent. */
  returnMs?: number;
  signal?: AbortSignal;
}

/** What came of one transport: how it was refused, or what became of it once it carried. */
export interface LiveAttempt {
  transport: Transport;
  outcome: Handshake | 'silent' | 'lost';
  why: string;
  ms: number;
}

/** A numbered stream both ways, as the application sees it: after switching, resuming and resending. */
export interface LiveSession extends AsyncDisposable {
  /** What carries now; undefined while nothing does. */
  readonly transport: Transport | undefined;
  readonly attempts: readonly LiveAttempt[];
  /** The numbers delivered to the application, in order of delivery; `sentAt` is the origin's word, on the same clock. */
  readonly received: readonly { n: number; at: number; by: Transport; sentAt?: number }[];
  /** ms from the start to the first message, by whatever carried it. */
  readonly firstMs: number | undefined;
  /** Sends the next number upwards. */
  send(): void;
  /** Numbers sent so far, and how many of them the far end has acknowledged. */
  readonly sent: number;
  readonly acknowledged: number;
  until(what: (session: LiveSession) => boolean, withinMs: number): Promise<boolean>;
}

export interface ReconnectOptions {
  path?: string;
  /** What the first delay is aimed at, and what no delay exceeds. */
  baseMs: number;
  capMs: number;
  signal?: AbortSignal;
}

export interface ClientOptions {
  path?: string;
  subprotocols?: readonly string[];
  headers?: Readonly<Record<string, string>>;
  /** Ping at this period and give the peer up for dead when no pong came within `timeoutMs`. */
  heartbeat?: { everyMs: number; timeoutMs: number };
  handshakeMs?: number;
  signal?: AbortSignal;
}

export interface ClientSession extends AsyncDisposable {
  /** By which the origin's sighting is found. */
  readonly token?: string;
  /** Whether the client holds the connection for open. */
  readonly opened: boolean;
  /** Why it was not opened. */
  readonly failure?: string;
  readonly subprotocol?: string;
  send(data: string | Uint8Array): void;
  /** The next message, or undefined when none came in time or the session ended. */
  next(withinMs?: number): Promise<string | Uint8Array | undefined>;
  /** How the client saw it end; `nothing` with code 1006 when it gave the peer up; undefined when still open. */
  ended(withinMs?: number): Promise<End | undefined>;
}
