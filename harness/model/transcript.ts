import type { Address } from './program.js';

/**
 * What was seen of a connection. `open`: the client was accepted, or (from the server) the upstream accepted. `data`:
 * octets in one direction. `fin` and `rst`: how that side ended.
 */
export interface TranscriptEvent {
  /** ms on the clock of the run; for data, when the (first) octet came. */
  at: number;
  /** When the last octet came, where an event stands for several reads. */
  until?: number;
  /** Who sent it: the connection's own client or server, whatever stands behind either. */
  from: 'client' | 'server';
  kind: 'open' | 'data' | 'fin' | 'rst';
  /** Octets that came before it in this direction. */
  offset: number;
  length: number;
  /** Absent for octets that were counted and not kept. */
  bytes?: Uint8Array;
  /** What the system called an end that was no plain RST: `ECONNREFUSED`, `ETIMEDOUT` … */
  why?: string;
}

/** One TCP connection as it was seen at one point; live while it is open. */
export interface Transcript {
  readonly openedAt: number;
  readonly client: Address;
  readonly upstream: Address;
  /** In the order in which they were seen. */
  readonly events: readonly TranscriptEvent[];
  /** What was inside of its TLS, where an end of ours told. */
  readonly plain?: readonly TranscriptEvent[];
  /** How many events there were so far. */
  readonly count: number;
  /** When both sides were over. */
  readonly endedAt?: number;
}
