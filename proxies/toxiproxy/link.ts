import type { Socket } from 'node:net';
import { type Entry, type Sink, Stub } from './stub.js';
import type { Chunk } from './toxic.js';

/** What toxics get at a time, at most. */
const CHUNK = 32 * 1024;

/**
 * One direction of a connection: what `source` sends goes through the toxics to `dest`. The end of the stream
 * closes `dest` in both directions: there is no half-close, and a reset arrives as an end.
 */
export class Link {
  readonly #source: Socket;
  readonly #writer: Sink;
  readonly #stubs: Stub[] = [];
  #over = false;

  /** `close` is called once everything was sent. */
  constructor(source: Socket, dest: Socket, toxics: readonly Entry[], close: (socket: Socket) => void) {
    this.#source = source;
    const waiting: (() => void)[] = [];
    dest.on('drain', () => {
      for (const callback of waiting.splice(0)) callback();
    });
    this.#writer = {
      push: ({ data }) => dest.write(data),
      ready: (callback) => waiting.push(callback),
      end: () => close(dest),
    };
    for (const entry of toxics) this.#append(entry);
    for (const stub of this.#stubs) stub.run();

    let ended = false;
    const end = () => {
      if (!ended) this.#head.end();
      ended = true;
    };
    source.on('data', (data) => this.#give(data as Buffer));
    source.once('end', end);
    source.once('close', end);
    dest.once('close', () => {
      this.#over = true;
      source.pause();
      for (const stub of this.#stubs) stub.kill();
    });
    source.resume();
  }

  get #head(): Sink {
    return this.#stubs[0] ?? this.#writer;
  }

  #give(data: Buffer): void {
    if (this.#over) return;
    const head = this.#head;
    const at = performance.now();
    let room = true;
    if (head === this.#writer || data.length <= CHUNK) room = head.push({ data, at });
    else {
      for (let from = 0; from < data.length; from += CHUNK) {
        const chunk: Chunk = { data: data.subarray(from, from + CHUNK), at };
        room = head.push(chunk);
      }
    }
    if (room) return;
    this.#source.pause();
    head.ready(() => {
      if (!this.#over) this.#source.resume();
    });
  }

  #append(entry: Entry): Stub {
    const stub = new Stub(entry, this.#writer);
    const last = this.#stubs.at(-1);
    if (last) last.next = stub;
    this.#stubs.push(stub);
    return stub;
  }

  /** Puts a toxic at the end of the chain; the one before it draws its lot anew. */
  async add(entry: Entry): Promise<void> {
    const last = this.#stubs.at(-1);
    if (last && !(await last.interrupt())) return;
    if (this.#over) return;
    this.#append(entry).run();
    last?.run();
  }

  /** Starts a toxic anew, with the attributes and the toxicity that it has now. */
  async update(entry: Entry): Promise<void> {
    const stub = this.#stubs.find((stub) => stub.entry === entry);
    if (await stub?.interrupt()) stub?.run();
  }

  /** Takes a toxic out; what it held back goes on at once, in order. The one before it draws its lot anew. */
  async remove(entry: Entry): Promise<void> {
    const index = this.#stubs.findIndex((stub) => stub.entry === entry);
    const stub = this.#stubs[index];
    if (!stub || !(await stub.interrupt())) return;
    if (entry.kind.closesOnRemoval) return stub.close();
    const before = this.#stubs[index - 1];
    const goesOn = await before?.interrupt();
    this.#stubs.splice(index, 1);
    if (before) before.next = stub.next;
    stub.retire();
    if (goesOn) before?.run();
  }
}
