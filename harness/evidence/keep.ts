import type { From, TapEvent } from './tap-connection.js';

/** What is kept of one direction: of longer streams the beginning and the end. */
const FIRST = 256 * 1024;
const LAST = 64 * 1024;
/** An event costs memory whatever it holds. */
const MOST_FIRST_EVENTS = 4096;
const MOST_LAST_EVENTS = 1024;

/** Octets that all tracks of a tap may keep between them. */
export interface Budget {
  left: number;
}

/** An event, and its place among those of both directions. */
export interface Numbered {
  n: number;
  event: TapEvent;
}

/** The record of one direction, in bounded memory: what lies between the parts that are kept is one event that counts. */
export class Track {
  readonly #first: Numbered[] = [];
  #last: Numbered[] = [];
  /** What was at the front of `#last` and is gone. */
  #between: Numbered | undefined;
  #firstOctets = 0;
  #lastOctets = 0;
  #offset = 0;

  constructor(
    readonly from: From,
    private readonly budget: Budget,
  ) {}

  /** @param bytes must not be written to afterwards */
  data(n: number, at: number, bytes: Uint8Array): void {
    let rest = bytes;
    if (this.#offset === this.#firstOctets && this.#first.length < MOST_FIRST_EVENTS) {
      const taken = rest.subarray(0, Math.max(0, Math.min(FIRST - this.#firstOctets, this.budget.left)));
      if (taken.length > 0) {
        this.#first.push(this.#event(n, at, taken));
        this.#firstOctets += taken.length;
        this.budget.left -= taken.length;
        rest = rest.subarray(taken.length);
      }
    }
    if (rest.length === 0) return;
    this.#last.push(this.#event(n, at, rest));
    this.#lastOctets += rest.length;
    this.budget.left -= rest.length;
    this.#forget();
  }

  #event(n: number, at: number, bytes: Uint8Array): Numbered {
    const event: TapEvent = {
      at,
      from: this.from,
      kind: 'data',
      offset: this.#offset,
      length: bytes.length,
      bytes,
    };
    this.#offset += bytes.length;
    return { n, event };
  }

  /** `open`, `fin` or `rst`: kept always, there are few. */
  mark(n: number, at: number, kind: 'open' | 'fin' | 'rst', why?: string): void {
    const event: TapEvent = {
      at,
      from: this.from,
      kind,
      offset: this.#offset,
      length: 0,
      ...(why && { why }),
    };
    (this.#last.length > 0 || this.#between ? this.#last : this.#first).push({ n, event });
  }

  /** Lets go of the oldest of the last, and cuts the one that the bound falls into. */
  #forget(): void {
    let gone = 0;
    for (const { event } of this.#last) {
      const over = this.#last.length - gone > MOST_LAST_EVENTS || this.budget.left < 0;
      if (!over && this.#lastOctets - event.length < LAST) break;
      this.#count(this.#last[gone]!.n, event, event.length);
      gone++;
    }
    if (gone > 0) this.#last = this.#last.slice(gone);
    const front = this.#last[0];
    const excess = this.#lastOctets - LAST;
    if (front?.event.bytes && excess > 0) {
      this.#count(front.n, front.event, excess);
      // A copy, or the view would keep alive all that it is a view of.
      const bytes = Uint8Array.prototype.slice.call(front.event.bytes, excess);
      const { offset, length } = front.event;
      front.event = { ...front.event, offset: offset + excess, length: length - excess, bytes };
    }
  }

  #count(n: number, event: TapEvent, octets: number): void {
    this.#lastOctets -= octets;
    this.budget.left += octets;
    const { at, from, offset } = event;
    this.#between ??= { n, event: { at, until: at, from, kind: 'data', offset, length: 0 } };
    const between = this.#between.event;
    this.#between.event = { ...between, until: at, length: between.length + octets };
  }

  get events(): Numbered[] {
    return [...this.#first, ...(this.#between ? [this.#between] : []), ...this.#last];
  }
}
