import type { Address } from '../model.js';

/** What is to be written, in the shape in which taps record. Times are ms on the clock of the run. */
export interface Capture {
  /** Unix time (ms, with fractions) at which that clock stood at zero: `performance.timeOrigin`. */
  epochMs: number;
  /** One interface each. */
  segments: readonly Segment[];
  /** NSS key log lines, so that TLS opens. */
  secrets?: string;
  /** What the capture is of. */
  comment?: string;
}

export interface Segment {
  /** `client → nginx` */
  name: string;
  comment?: string;
  connections: readonly Conversation[];
}

/** One TCP connection; a tap's record is one. */
export interface Conversation {
  id: number;
  client: Address;
  upstream: Address;
  events: readonly ConversationEvent[];
  comment?: string;
}

export interface ConversationEvent {
  at: number;
  from: 'client' | 'server';
  kind: 'open' | 'data' | 'fin' | 'rst';
  /** Octets of its direction before it. */
  offset: number;
  length: number;
  /** Absent for octets that were not kept: no packet carries them, and sequence numbers go on past them. */
  bytes?: Uint8Array;
  comment?: string;
}
