import type { End, WireFrame } from './evidence.js';
import type { CertificateKind } from './program.js';
import type { Field } from './target.js';

/** A server that a check puts up for the client under test, and what it does to whoever comes. */
export interface Lure {
  /** Listens with TLS and shows a certificate of this kind; in clear when absent. */
  certificate?: CertificateKind;
  /** The newest version of TLS that it speaks; what Node.js speaks when absent. */
  tls?: 'TLSv1' | 'TLSv1.1';
  /** Called with each connection once its request is there. That it is over does not end the connection. */
  serve(visit: Visit): Promise<void> | void;
  /** For clients that can be told: the path and query to ask for, and the subprotocols to offer. */
  path?: string;
  subprotocols?: readonly string[];
  /** Have a client that is a program use this forward proxy, by the variables of the environment that programs go by. */
  proxy?: string;
  /** How many programs are to come, each by itself; 1 when absent. */
  clients?: number;
  /** It mostly waits: it need not wait for its turn as well. */
  waits?: boolean;
}

/** What is to be different about a right 101. */
export interface AnswerChange {
  /** Values by name, in any case; undefined leaves the field out. */
  fields?: Readonly<Record<string, string | undefined>>;
  /** Added at the end. */
  more?: readonly Field[];
  /** `101 Switching Protocols` when absent. */
  status?: string;
}

/** One connection of the client's, as the far end has it: it can send anything and sees everything. Bounded. */
export interface Visit {
  /** When it came, and when its request was whole. */
  readonly openedAt: number;
  readonly requestedAt?: number;
  /** The request head, as latin1. */
  readonly head?: string;
  readonly method: string;
  /** The request target. */
  readonly target: string;
  /** The value of a field of the request; several are joined by `, `. */
  value(name: string): string | undefined;
  /** TLS server name that was asked for. */
  readonly servername?: string;
  /** Frames of the client's, in order, first 4096; payloads have the mask taken off. */
  readonly frames: readonly WireFrame[];
  /** Octets that came behind the head, first 1 MiB; how many there were in all. */
  readonly wire: Uint8Array;
  readonly count: number;
  /** The octets of the right 101 to the request, with what is to be different. Agrees to the first subprotocol offered. */
  answer(change?: AnswerChange): Uint8Array;
  /** Sends the right 101. */
  accept(change?: AnswerChange): void;
  send(octets: Uint8Array | string): void;
  /** Waits until the kernel has taken what was sent; false where it has not in time, or the connection is over. */
  drained(withinMs: number): Promise<boolean>;
  /** Sends a ping with a fresh payload and waits for its pong. */
  ping(withinMs: number): Promise<boolean>;
  /** The next frame that matches, those that came already included. */
  until(match: (frame: WireFrame) => boolean, withinMs: number): Promise<WireFrame | undefined>;
  /** How the client ended it; undefined where it has not in time. */
  ended(withinMs: number): Promise<End | undefined>;
  /** Whether the client's side is over in TCP's sense too: FIN or RST. */
  gone(withinMs: number): Promise<boolean>;
  /** Answer Close frames, and pings; true unless it is set otherwise. */
  polite: boolean;
  /** FIN; RST. */
  end(): void;
  reset(): void;
}

/** How a program ended. */
export interface Exit {
  code?: number;
  signal?: string;
  /** ms from its start. */
  ms: number;
}

/** How the client treats a server with which nothing is wrong: the baseline. */
export interface Habits {
  /**
   * By what it is known to hold a connection for open, the most telling first: it answers pings; it sends something by
   * itself; it stays.
   */
  sign: 'pong' | 'message' | 'stays';
  /** ms from its start to its request. */
  startMs: number;
  /** ms from the 101 to the end that it made by itself, where it did in the time watched, and how. */
  quitMs?: number;
  quit?: End;
  /** Whether it sends a message by itself. */
  speaks: boolean;
  visit: Visit;
  exit?: Exit;
  /** The most memory that its processes had together, in KiB; Linux only. */
  peakKb?: number;
}

/** How the client takes what it was shown. */
export interface Held {
  /** `unclear`: it kept the connection, and gave no sign such as it gives to a sound server. */
  as: 'open' | 'failed' | 'unclear';
  /** What was seen of it, for messages. */
  told: string;
  end?: End;
}

/** What the client did with a lure. Live until it is disposed of, which ends the client. */
export interface Caught extends AsyncDisposable {
  /** Every connection, in order. */
  readonly visits: readonly Visit[];
  /** The first that brought a request. */
  readonly visit?: Visit;
  /** Where the client was told to connect to, and the TLS name that it was told to ask for. */
  readonly url: string;
  readonly name: string;
  /** Whether a connection was made and given up without a request, as over a certificate. */
  readonly turnedAway: boolean;
  /** Whether the client itself says that it is open, where it can be asked. */
  readonly opened?: boolean;
  /** Why it was not: what the client says, or the last lines of its program. */
  readonly failure: string;
  /** How the client takes the connection that it was shown. */
  held(withinMs?: number): Promise<Held>;
  /** How the program ended; undefined where it goes on, or the client is none. */
  exit(withinMs: number): Promise<Exit | undefined>;
  /** What tells that the program was brought down, as opposed to ending; undefined where nothing does. */
  crash(withinMs: number): Promise<string | undefined>;
  /** The most memory so far that its processes had together, in KiB; Linux only. */
  readonly peakKb: number | undefined;
  /** What they had before, of a program that is kept from one lure to the next. */
  readonly beforeKb: number | undefined;
}

/** A client that is a program, started and watched. */
export interface Launched extends AsyncDisposable {
  readonly startedAt: number;
  /** Where it was told to connect to. */
  readonly url: string;
  /** Of one that is kept: the memory that it had when its turn began, in KiB. */
  readonly beforeKb?: number;
  /** Never rejects. */
  readonly exited: Promise<Exit>;
  /** The last lines that it printed. */
  lines(): string;
  /** The most memory so far (of one that is kept, in this turn), in KiB; undefined where that cannot be told. */
  peakKb(): number | undefined;
  /** Begins to look for the most memory anew, and gives what there is. */
  forgetPeak(): number | undefined;
}
