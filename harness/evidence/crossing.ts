import type { RequestHead, ResponseHead } from '../protocol/index.js';
import type { Side, Way } from './side.js';
import type { Span, Stream } from './stream.js';

/** What crossed one segment on one connection, understood as far as it can be. */
export interface Crossing {
  side: Side;
  /** The octets themselves, by offset. */
  octets: Record<Way, Stream>;
  /** Whether spans count what was inside of TLS. */
  plain: boolean;
  /** What the connection became in the end. */
  protocol: 'nothing' | 'http' | 'websocket' | 'tunnel' | 'tls' | 'http2' | 'opaque';
  exchanges: readonly Exchange[];
  /** After a 101 that gave a WebSocket. */
  socket?: Record<Way, Talk>;
  hello?: ClientHello;
  /** Inside of a CONNECT tunnel, or of TLS where it was decrypted. */
  inner?: Crossing;
  /** The offset from which on octets were not understood. */
  opaque: Partial<Record<Way, number>>;
  /** Where its octets begin: past the CONNECT, for what is inside of a tunnel. */
  start: Record<Way, number>;
}

/** A request and its answer; either may be missing. */
export interface Exchange {
  request?: Span & { head: RequestHead };
  body?: Body;
  /** 1xx other than 101. */
  interim: readonly (Span & { head: ResponseHead })[];
  response?: Span & { head: ResponseHead };
  answer?: Body;
}

/** Content of a message: where its parts lie on the wire, framing left out. */
export interface Body extends Span {
  framing: 'length' | 'chunked' | 'close';
  /** Octets of content that crossed. */
  length: number;
  /** Whether it came to its end as framed. */
  whole: boolean;
  parts: readonly { content: number; offset: number; length: number }[];
}

/** One direction of a WebSocket. */
export interface Talk {
  frames: readonly FrameSeen[];
  messages: readonly MessageSeen[];
  /** The first Close of them. */
  close?: MessageSeen;
  /** The offset from which on frames were not read, and why; `answer` is the head of an HTTP answer that stands there. */
  unread?: { from: number; why: string; answer?: Span & { head: ResponseHead } };
}

/** A frame (RFC 6455 §5.2) as it crossed. */
export interface FrameSeen extends Span {
  fin: boolean;
  rsv: number;
  opcode: number;
  mask?: Uint8Array;
  /** Declared. */
  length: number;
  lengthForm: 7 | 16 | 64;
  /** Unmasked, as much as was kept. */
  payload: Uint8Array;
  /** Whether its last octet crossed. */
  whole: boolean;
}

/** A message, or a control frame. */
export interface MessageSeen extends Span {
  kind: 'text' | 'binary' | 'ping' | 'pong' | 'close' | 'reserved';
  frames: readonly FrameSeen[];
  /** Payloads joined, as they were sent. */
  raw: Uint8Array;
  /** What an application gets: `raw`, inflated where compression was agreed on. */
  content: Uint8Array;
  /** `inflated` is false where RSV1 was set and it could not be. */
  compressed: boolean;
  inflated: boolean;
  /** Whether its last frame crossed whole. */
  whole: boolean;
  /** Of a Close. */
  code?: number;
}

export interface ClientHello extends Span {
  sni?: string;
  alpn: readonly string[];
  /** By which a key log names the session, in hex. */
  random: string;
}
