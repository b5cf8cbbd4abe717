import type { LiveAttempt, Route, Transport } from '../../model.js';
import type { Recorder } from '../recorder.js';

/** A message from the far end: its number (0 is only a greeting), the highest number of ours that it has, when it was sent. */
export interface Downward {
  n: number;
  ack: number;
  at?: number;
}

/** What a transport needs to know to carry on where the last one stopped. */
export interface CarrierContext {
  route: Route;
  /** Path and query of the stream. */
  path: string;
  /** The last number received. */
  after: () => number;
  /** The highest number of ours that the far end is known to have. */
  acknowledged: () => number;
  /** Called for each message, in the order of arrival. */
  deliver(message: Downward): void;
  withinMs: number;
  signal: AbortSignal;
  record: Recorder;
}

/** One transport that carries. */
export interface Carrier {
  send(numbers: readonly number[]): Promise<void>;
  /** Settles, with the reason, when it carries no longer. */
  lost: Promise<string>;
  close(): void;
}

/** Opens a transport; resolves once its first message has arrived. Throws NotCarried. */
export type OpenCarrier = (context: CarrierContext) => Promise<Carrier>;

export class NotCarried extends Error {
  override name = 'NotCarried';
  constructor(
    readonly outcome: LiveAttempt['outcome'],
    why: string,
  ) {
    super(why);
  }
}

/** Adds a parameter to a path that may have a query. */
export const withQuery = (path: string, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`;

/** Reads `{"n":5,"ack":3}`; what is not that is not a message of the stream. */
export function parseDownward(text: string): Downward | undefined {
  try {
    const { n, ack, at } = JSON.parse(text) as Partial<Downward>;
    if (typeof n !== 'number' || typeof ack !== 'number') return undefined;
    return { n, ack, ...(typeof at === 'number' && { at }) };
  } catch {
    return undefined;
  }
}

export type Carriers = Readonly<Record<Transport, OpenCarrier>>;
