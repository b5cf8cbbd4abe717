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
  /** Of the beginning of each direction; 256 KiB when absent. */
  first?: number;
}

/** An event, and its place among those of both directions. */
export interface Numbered {
  n: number;
  event: TapEvent;
}

/** The record of one direction, in bounded memory: what lies between the parts that are kept is one event that counts. */
export class Track {
  readonly #first: Numbered[] = [];
  readonly #last: Numbered[] = [];
  /** What stood at the front of `#last` and is gone. */
  #between: Between | undefined;
  #firstOctets = 0;
  #lastOctets = 0;
  #offset = 0;

  constructor(
    readonly from: From,
    private readonly budget: Budget,
  ) {}

  /** @param bytes must not be written to afterwards */
  data(n: number, at: number, bytes: Uint8Array): void {
    const { first = FIRST } = this.budget;
    let rest = bytes;
    if (this.#offset === this.#firstOctets && this.#first.length < MOST_FIRST_EVENTS) {
      const taken = rest.subarray(0, Math.max(0, Math.min(first - this.#firstOctets, this.budget.left)));
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

  /** Lets go of the oldest of the last that are not needed for the bound. */
  #forget(): void {
    let oldest = this.#last[0];
    while (oldest && this.#isPast(oldest.event.length)) {
      this.#lastOctets -= oldest.event.length;
      this.budget.left += oldest.event.length;
      this.#between = later(this.#between, oldest, oldest.event.length);
      this.#last.shift();
      oldest = this.#last[0];
    }
  }

  #isPast(length: number): boolean {
    if (this.budget.left < 0 || this.#last.length > MOST_LAST_EVENTS) return true;
    return this.#lastOctets - length >= LAST;
  }

  get events(): Numbered[] {
    const last = [...this.#last];
    const [front] = last;
    const excess = this.#lastOctets - LAST;
    if (!front?.event.bytes || excess <= 0) return [...this.#first, ...this.#counted(this.#between), ...last];
    // Only whole events are let go of, so the oldest may reach over the bound.
    const { bytes, offset, length } = front.event;
    const rest = { offset: offset + excess, length: length - excess, bytes: bytes.subarray(excess) };
    last[0] = { n: front.n, event: { ...front.event, ...rest } };
    const between = later(this.#between && { ...this.#between }, front, excess);
    return [...this.#first, ...this.#counted(between), ...last];
  }

  #counted(between: Between | undefined): Numbered[] {
    if (!between) return [];
    const { n, ...event } = between;
    return [{ n, event: { ...event, from: this.from, kind: 'data' } }];
  }
}

/** Octets that were counted and not kept. */
interface Between {
  n: number;
  at: number;
  until: number;
  offset: number;
  length: number;
}

/** In place, since it is done for every read of a long stream. */
function later(between: Between | undefined, { n, event }: Numbered, octets: number): Between {
  const { at, offset } = event;
  if (!between) return { n, at, until: at, offset, length: octets };
  between.until = at;
  between.length += octets;
  return between;
}
