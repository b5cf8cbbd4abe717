import type { End, Ending, TlsSession, WireFrame } from './evidence.js';
import type { Route } from './place.js';

/** Refused, reset and no answer are three different outcomes. */
export type Handshake = 'accepted' | 'refused' | 'reset' | 'no-answer';

/** What to put otherwise in a TLS handshake. */
export interface TlsChoice {
  /** Take whatever certificate is shown, to look at it. */
  trustAll?: boolean;
  /** The only version to offer, however old. */
  version?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  /** What to offer by ALPN; `http/1.1` alone when absent, nothing when empty. */
  alpn?: readonly string[];
  /** Another name to ask for by SNI than the route's, or none; what is verified stays. */
  servername?: string | false;
  /** A session of before (`TlsSession.ticket`) to go on with. */
  session?: Uint8Array;
}

/** How to connect, where it is to differ from the probe's route. */
export type ConnectChoice = Pick<DialOptions, 'route' | 'tls' | 'answerMs' | 'tcpKeepAliveMs'>;

export interface DialOptions {
  /** Path and query asked for; `/echo` when absent. `gauntlet=` with a fresh token is added. */
  path?: string;
  method?: string;
  httpVersion?: '1.0' | '1.1';
  /** Added after the handshake's own headers. */
  headers?: readonly (readonly [string, string])[];
  /** Handshake headers to leave out or to put otherwise, by name (any case). */
  change?: Readonly<Record<string, string | undefined>>;
  subprotocols?: readonly string[];
  extensions?: string;
  /** Rewrites the request head before it is sent: anything goes, latin1. The evidence shows what was sent. */
  head?: (usual: string) => string;
  /** Leave the target's own parameters (headers, Origin, subprotocols) out. */
  bare?: boolean;
  /** Octets to send in the same write as the request head. */
  early?: Uint8Array;
  /** Answer the far end's pings, as clients do; true when absent. */
  pong?: boolean;
  /** How long to wait for the answer's head. */
  answerMs?: number;
  /** How to reach the place, where it is to differ from the probe's route. */
  route?: Route;
  tls?: TlsChoice;
  /** Have the kernel probe the silent TCP connection at this period (SO_KEEPALIVE); it counts whole seconds. */
  tcpKeepAliveMs?: number;
}

/** What came of one attempt at a handshake. */
export interface Dial extends AsyncDisposable {
  handshake: Handshake;
  token: string;
  /** The request head as sent. */
  sent: string;
  /** The answer's head as it came, if any. */
  answer?: { status: number; reason: string; headers: readonly (readonly [string, string])[]; raw: string };
  /** Why no answer was had: `nothing listens at …`, `the proxy answered 403 to CONNECT`, `the certificate has expired` … */
  failure?: string;
  /** The status of a forward proxy that refused, if one did. */
  proxyStatus?: number;
  /** Issuer common name of the certificate shown, for wss. */
  issuer?: string;
  tls?: TlsSession;
  /** Whether the answer is a right 101: Upgrade, Connection, and the accept value of the key that was sent. */
  conforms: boolean;
  /** The connection, whatever was answered (frames when accepted, raw octets always); absent when there is none. */
  peer?: Peer;
  /** ms from the first octet sent to the answer's head. */
  answeredMs?: number;
}

/** An open connection under our full control: it can send anything and sees everything. */
export interface Peer extends AsyncDisposable {
  readonly token: string;
  /** Writes octets as they are. */
  send(bytes: Uint8Array): void;
  /** The next frame of any kind, or undefined when none came in time or the connection ended. */
  next(withinMs?: number): Promise<WireFrame | undefined>;
  /** The next data frame or message of the given text; pings and pongs are passed over. */
  until(match: (frame: WireFrame) => boolean, withinMs?: number): Promise<WireFrame | undefined>;
  /** Sends a fresh masked text and waits for it to come back. */
  echo(withinMs?: number): Promise<boolean>;
  /** How it ended, or undefined if it is still open after so long. A Close frame is answered. */
  farewell(withinMs?: number): Promise<End | undefined>;
  /** How the far end let go of the TCP connection, whatever Close frames came before; undefined if it has not after so long. */
  gone(withinMs?: number): Promise<Ending | undefined>;
  /** Answers nothing by itself from now on, neither pings nor a Close. */
  hush(): void;
  /** All octets received since the head, first 1 MiB. */
  received(): Uint8Array;
  /** Waits until so many octets were received, or the end, or the time. */
  octets(count: number, withinMs?: number): Promise<Uint8Array>;
  /** FIN. */
  end(): void;
  /** RST. */
  reset(): void;
  readonly open: boolean;
  /** How many octets were received since the head, in all. */
  readonly heard: number;
  /** From now on what comes is counted, however much it is, and not looked at. */
  tally(): void;
  /** Octets that were sent and that the kernel has not taken yet: the far end does not read. */
  readonly unsent: number;
  /**
   * Asks for another TLS handshake on the connection (RFC 5246 §7.4.1.1), which TLS 1.3 has no more: whether it was had.
   * `reset`: the far end ended the connection over it.
   */
  renegotiate(withinMs?: number): Promise<'taken' | 'refused' | 'reset' | 'no-answer'>;
  /** Stops reading, so that the far end's octets pile up on its side; and goes on. */
  pause(): void;
  resume(): void;
}

/** An answer to a plain HTTP request through the place. */
export interface HttpAnswer {
  handshake: Handshake;
  status?: number;
  headers: readonly (readonly [string, string])[];
  body: string;
  failure?: string;
}
