import type { Dial } from './dial.js';
import type { WireFrame } from './evidence.js';
import type { Route } from './place.js';

export type Field = readonly [name: string, value: string];

/** Somebody whom the endpoint knows by what their requests carry. */
export interface User {
  name: string;
  headers: readonly Field[];
}

/** How a well-meaning client talks to the endpoint: what its handshakes carry, and how it can be told that it works. */
export interface Target {
  /** Path and query. Where the endpoint is ours, a token is added by which its view is found. */
  path: string;
  /** Sent with every handshake, after the handshake's own: credentials, and whatever else lets a client in. */
  headers: readonly Field[];
  /** The Origin that browsers send from the application's own page; none is sent when absent. */
  origin?: string;
  /** Other origins that are meant to be let in. */
  allowedOrigins: readonly string[];
  subprotocols: readonly string[];
  /** The first message of a client, text. */
  hello?: string;
  /** What a message of a working connection looks like. */
  expect?: RegExp;
  /** Two users, for checks that need to tell one from the other. */
  as?: User;
  other?: User;
}

/** A running server that is not ours: where it is, how it is reached, how it is talked to. */
export interface Endpoint {
  /** `ws://…` or `wss://…` */
  url: string;
  /** Proxy, trust, certificates: what differs from a plain connection. */
  reach: Partial<Omit<Route, 'url' | 'keyLog'>>;
  target: Target;
}

/**
 * By what a connection is known to work, the most telling first: a message that the user expects; a fresh text that
 * came back; an answer to the user's hello; a pong (which proves the nearest terminator only); that it stays open.
 */
export type Sign = 'expected' | 'echo' | 'answer' | 'pong' | 'open';

/** How the endpoint treats a well-meaning client: the baseline, measured once for a place. */
export interface Acquaintance {
  sign: Sign;
  /** The sign that can be had more than once on one connection. */
  again: Sign;
  /** Whether pings are answered. */
  pongs: boolean;
  /** The first messages that came unasked, at most 4. */
  greeting: readonly WireFrame[];
  /** What came back for the user's hello, if anything. */
  answer?: WireFrame;
  /** What to say and to expect instead, where its greeting told that it speaks Engine.IO, Socket.IO or SockJS. */
  dialect?: Pick<Target, 'hello' | 'expect'>;
  /** `Sec-WebSocket-Protocol` and `-Extensions` of the 101 that this client offered nothing special for. */
  subprotocol?: string;
  extensions?: string;
  /** Headers of the 101. */
  headers: readonly Field[];
  /** ms from the 101 to the sign. */
  signMs: number;
}

/**
 * What became of an attempt, read on past the 101: a server may refuse by what it says after it (RFC 6455 §10.2).
 * `late` is such a refusal: a Close, an end, or an error message instead of the sign. `unclear` is a connection that
 * stays open and shows no sign, or another than the baseline's.
 */
export type Reception = 'accepted' | 'late' | 'unclear' | 'refused' | 'reset' | 'no-answer';

export interface Knock extends Dial {
  reception: Reception;
  /** What came of it, for messages: `refused with 403 Forbidden`, `101, then Close 1008 "origin"`. */
  told: string;
  /** Messages that came after the 101, at most 8. */
  messages: readonly WireFrame[];
}
