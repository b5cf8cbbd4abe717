import type { Chunk, Toxic, ToxicStub } from './toxic.js';
import noop from './toxics/noop.js';

/** Where chunks go next. It has one giver at a time. */
export interface Sink {
  /** Takes the chunk in any case; false asks the giver to hold off until `ready` calls back. */
  push(chunk: Chunk): boolean;
  ready(callback: () => void): void;
  end(): void;
}

/** A toxic as it was added to a proxy. */
export interface Entry {
  name: string;
  type: string;
  /** As given, in any case. */
  stream: string;
  toxicity: number;
  attributes: Record<string, number>;
  kind: Toxic;
}

/** The longest that a Node timer can wait, about 24 days. */
const LONGEST_MS = 2 ** 31 - 1;

/** One toxic at work on one direction of one connection: its queue, and how it is stopped and started anew. */
export class Stub implements ToxicStub, Sink {
  readonly state: Record<string, number> = {};
  interrupted = false;
  /** Where this one's chunks go. */
  next: Sink;
  readonly entry: Entry;

  #queue: Chunk[] = [];
  readonly #room: number;
  #ended = false;
  #closed = false;
  #dead = false;
  #running: Promise<void> = Promise.resolve();
  #reading = false;
  #wake?: () => void;
  #release?: () => void;
  #waiting: (() => void)[] = [];

  constructor(entry: Entry, next: Sink) {
    this.entry = entry;
    this.next = next;
    this.#room = entry.kind.buffer ?? 1;
  }

  /** Starts the toxic. Whether it works on this connection or lets everything pass is drawn here, as toxicity says. */
  run(): void {
    if (this.#closed || this.#dead) return;
    this.interrupted = false;
    const kind = Math.random() < this.entry.toxicity ? this.entry.kind : noop;
    this.#running = kind.pipe(this, this.entry.attributes).then(() => {
      if (!this.interrupted) this.close();
    });
  }

  /** Has the toxic hand on what it holds and stop. False when the stream is already closed here. */
  async interrupt(): Promise<boolean> {
    this.interrupted = true;
    this.#wake?.();
    await this.#running;
    return !this.#closed && !this.#dead;
  }

  /** Gives what is queued to the next at once and steps out of the way. To be called when it has stopped. */
  retire(): void {
    this.#dead = true;
    for (const chunk of this.#queue.splice(0)) this.next.push(chunk);
    if (this.#ended) this.next.end();
    this.#callBack();
  }

  /** There is nobody left to send to. */
  kill(): void {
    this.#dead = true;
    this.interrupted = true;
    this.#queue = [];
    this.#wake?.();
    this.#release?.();
  }

  push(chunk: Chunk): boolean {
    if (this.#closed || this.#dead) return false;
    this.#queue.push(chunk);
    if (this.#reading) {
      this.#reading = false;
      this.#wake?.();
      return true;
    }
    return this.#queue.length < this.#room;
  }

  ready(callback: () => void): void {
    this.#waiting.push(callback);
  }

  end(): void {
    this.#ended = true;
    if (this.#reading) this.#wake?.();
  }

  async read(withinMs = Number.POSITIVE_INFINITY): Promise<Chunk | undefined> {
    if (this.#queue.length === 0 && !this.#ended && !this.interrupted) {
      this.#reading = true;
      await this.#pause(withinMs);
      this.#reading = false;
    }
    if (this.interrupted) return undefined;
    const chunk = this.#queue.shift();
    if (chunk && this.#queue.length < this.#room) this.#callBack();
    return chunk;
  }

  [Symbol.asyncIterator](): AsyncIterator<Chunk, undefined> {
    return {
      next: async () => {
        const value = await this.read();
        return value ? { value } : { done: true, value };
      },
    };
  }

  write(chunk: Chunk): Promise<void> | undefined {
    if (this.#closed || this.#dead || this.next.push(chunk) || this.interrupted) return undefined;
    return this.#pause(Number.POSITIVE_INFINITY, (wake) => this.next.ready(wake));
  }

  async wait(ms: number): Promise<boolean> {
    if (ms > 0 && !this.interrupted) await this.#pause(ms);
    return !this.interrupted;
  }

  hold(ms: number): Promise<void> {
    if (this.#dead || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(Math.ceil(ms), LONGEST_MS));
      this.#release = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  close(): void {
    if (this.#closed || this.#dead) return;
    this.#closed = true;
    this.next.end();
  }

  #callBack(): void {
    for (const callback of this.#waiting.splice(0)) callback();
  }

  /** Until woken, by an interruption or by what `arm` sets up, or until so many ms have passed. */
  #pause(ms: number, arm?: (wake: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        if (this.#wake === wake) this.#wake = undefined;
        resolve();
      };
      const timer =
        ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(wake, Math.min(Math.ceil(ms), LONGEST_MS));
      this.#wake = wake;
      arm?.(wake);
    });
  }
}
