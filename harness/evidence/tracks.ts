import { type Budget, Track } from './keep.js';
import type { From, TapEvent } from './tap-connection.js';

/** The record of both directions of a connection, in the order in which things were seen. */
export class Tracks {
  readonly #of: Record<From, Track>;
  #count = 0;

  /** @param clock ms */
  constructor(
    budget: Budget,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.#of = { client: new Track('client', budget), server: new Track('server', budget) };
  }

  /** @param bytes must not be written to afterwards */
  data(from: From, bytes: Uint8Array, at = this.clock()): void {
    this.#of[from].data(this.#count++, at, bytes);
  }

  mark(
    from: From,
    kind: 'open' | 'fin' | 'rst',
    { why, at = this.clock() }: { why?: string; at?: number } = {},
  ): void {
    this.#of[from].mark(this.#count++, at, kind, why);
  }

  /** How many there were, those that are told together counted one by one. */
  get count(): number {
    return this.#count;
  }

  get events(): readonly TapEvent[] {
    const { client, server } = this.#of;
    return [...client.events, ...server.events].sort((a, b) => a.n - b.n).map(({ event }) => event);
  }
}
