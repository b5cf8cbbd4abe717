import type { TapConnection } from './tap-connection.js';

/** Towards the origin, or towards the client. */
export type Way = 'up' | 'down';

/** Octets that were seen together. */
export interface Piece {
  /** When the first octet was seen, and the last where that was later. */
  at: number;
  until?: number;
  /** Octets of the direction before it. */
  offset: number;
  length: number;
  /** Absent for octets that were counted and not kept. */
  bytes?: Uint8Array;
}

export interface FlowEnd {
  how: 'fin' | 'rst';
  at: number;
  /** What the system called it, where it was no plain RST. */
  why?: string;
}

/** One direction of a connection, seen from one point: pieces in order and without holes, then how it ended. */
export interface Flow {
  pieces: readonly Piece[];
  ends: readonly FlowEnd[];
}

/**
 * One connection on one segment of a path, as it was seen at one point of it: by a tap, or by an end of ours. All
 * sides of a path are on one clock.
 */
export interface Side {
  /** `client → nginx` */
  name: string;
  openedAt: number;
  /** Until when it was watched. */
  until: number;
  up: Flow;
  down: Flow;
  /** What was inside of the TLS that crossed, where an end of ours (or its key log) told. */
  plain?: { up: Flow; down: Flow };
}

/** Where octets that prove something lie. */
export interface Ref {
  /** The name of the side. */
  side: string;
  way: Way;
  at: number;
  offset: number;
  length: number;
  /** The offset counts what was inside of TLS. */
  plain?: true;
}

/** @param now until when an open connection was watched */
export function sideOf(connection: TapConnection, now = performance.now()): Side {
  const { events, segment: name, openedAt, endedAt: until = now } = connection;
  const flow = (from: 'client' | 'server'): Flow => ({
    pieces: events.filter((event) => event.from === from && event.kind === 'data'),
    ends: events.flatMap(({ from: own, kind, at, why }) =>
      own === from && (kind === 'fin' || kind === 'rst') ? [{ how: kind, at, ...(why && { why }) }] : [],
    ),
  });
  return { name, openedAt, until, up: flow('client'), down: flow('server') };
}

/** A direction from an end's own notes. */
export function flowOf(
  notes: Iterable<{ at: number; bytes: Uint8Array }>,
  ends: readonly FlowEnd[] = [],
): Flow {
  let offset = 0;
  const pieces: Piece[] = [];
  for (const { at, bytes } of notes) {
    pieces.push({ at, offset, length: bytes.length, bytes });
    offset += bytes.length;
  }
  return { pieces, ends };
}

/** The octets that a reference means, as far as they were kept, `max` at most. */
export function octetsOf(side: Side, { way, offset, length, plain }: Ref, max = 4096): Uint8Array {
  const end = offset + Math.min(length, max);
  const parts: Uint8Array[] = [];
  for (const { bytes, offset: start } of ((plain && side.plain) || side)[way].pieces) {
    if (bytes && start < end && start + bytes.length > offset) {
      parts.push(bytes.subarray(Math.max(0, offset - start), end - start));
    }
  }
  return Buffer.concat(parts);
}
