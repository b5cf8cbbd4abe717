import type { Address } from '../model.js';

/** Who sent it: the connection's own client or server, whatever stands behind either. */
export type From = 'client' | 'server';

/**
 * What a tap saw. `open`: the client was accepted, or (from the server) the upstream accepted. `data`: octets in one
 * direction. `fin` and `rst`: how that side ended.
 */
export interface TapEvent {
  /** ms on the clock of the run; for data, when the (first) octet came. */
  at: number;
  /** When the last octet came, where an event stands for several reads. */
  until?: number;
  from: From;
  kind: 'open' | 'data' | 'fin' | 'rst';
  /** Octets that came before it in this direction. */
  offset: number;
  length: number;
  /** Absent for octets that were counted and not kept. */
  bytes?: Uint8Array;
  /** What the system called an end that was no plain RST: `ECONNREFUSED`, `ETIMEDOUT` … */
  why?: string;
}

/** One TCP connection through a tap; live while it is open. */
export interface TapConnection {
  /** Counts from 1 within its tap. */
  readonly id: number;
  readonly segment: string;
  readonly openedAt: number;
  readonly client: Address;
  /** Where the tap connected on to. */
  readonly upstream: Address;
  /** The tap's own end of that, by which the upstream knows the connection; absent while there is none. */
  readonly through?: Address;
  /** In the order in which they were seen. */
  readonly events: readonly TapEvent[];
  /** When both sides were over. */
  readonly endedAt?: number;
}
