import type { Transcript, TranscriptEvent } from '../model.js';

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

/**
 * @param name of the side; the tap's segment when absent
 * @param now until when an open connection was watched
 */
export function sideOf(
  connection: Transcript & { segment?: string },
  name = connection.segment ?? '',
  now = performance.now(),
): Side {
  const { events, plain, openedAt, endedAt: until = now } = connection;
  const flows = { up: flowOf(events, 'client'), down: flowOf(events, 'server') };
  return { name, openedAt, until, ...flows, ...(plain && { plain: insideOf(plain, flows) }) };
}

/** What was inside of the TLS of a side, which ends where the side does. */
export function insideOf(
  plain: readonly TranscriptEvent[],
  outside: Pick<Side, 'up' | 'down'>,
): Required<Side>['plain'] {
  const { up, down } = outside;
  return {
    up: { ...flowOf(plain, 'client'), ends: up.ends },
    down: { ...flowOf(plain, 'server'), ends: down.ends },
  };
}

function flowOf(events: readonly TranscriptEvent[], from: TranscriptEvent['from']): Flow {
  return {
    pieces: events.filter((event) => event.from === from && event.kind === 'data'),
    ends: events.flatMap(({ from: own, kind, at, why }) =>
      own === from && (kind === 'fin' || kind === 'rst') ? [{ how: kind, at, ...(why && { why }) }] : [],
    ),
  };
}
