import type { Socket } from 'node:net';
import type { Address } from '../model.js';
import { reset } from '../reset.js';
import { type Budget, Track } from './keep.js';
import type { From, TapConnection, TapEvent } from './tap-connection.js';

interface PassageOptions {
  id: number;
  segment: string;
  upstream: Address;
  clock: () => number;
  budget: Budget;
}

/** One connection through a tap: passes it on, and is its record. */
export class Passage implements TapConnection {
  readonly id: number;
  readonly segment: string;
  readonly openedAt: number;
  readonly client: Address;
  readonly upstream: Address;
  through?: Address;
  endedAt?: number;
  readonly #clock: () => number;
  readonly #tracks: Record<From, Track>;
  #count = 0;

  constructor(client: Socket, onward: Socket, options: PassageOptions) {
    const { id, segment, upstream, clock, budget } = options;
    this.id = id;
    this.segment = segment;
    this.upstream = upstream;
    this.#clock = clock;
    this.#tracks = { client: new Track('client', budget), server: new Track('server', budget) };
    this.openedAt = clock();
    this.client = { host: client.remoteAddress ?? '', port: client.remotePort ?? 0 };
    this.#mark('client', 'open');
    onward.once('connect', () => {
      this.through = { host: onward.localAddress ?? '', port: onward.localPort ?? 0 };
      this.#mark('server', 'open');
    });
    this.#pass('client', client, onward);
    this.#pass('server', onward, client);
    let open = 2;
    const closed = () => {
      if (--open === 0) this.endedAt = clock();
    };
    client.once('close', closed);
    onward.once('close', closed);
  }

  get events(): readonly TapEvent[] {
    const { client, server } = this.#tracks;
    return [...client.events, ...server.events].sort((a, b) => a.n - b.n).map(({ event }) => event);
  }

  #mark(from: From, kind: 'open' | 'fin' | 'rst', why?: string): void {
    this.#tracks[from].mark(this.#count++, this.#clock(), kind, why);
  }

  /** One direction. */
  #pass(from: From, source: Socket, dest: Socket): void {
    const track = this.#tracks[from];
    let told = false;
    const rst = (code?: string) => {
      if (told) return;
      told = true;
      this.#mark(from, 'rst', code === 'ECONNRESET' || code === 'EPIPE' ? undefined : code);
      if (!dest.destroyed) reset(dest);
    };
    source.on('data', (chunk: Buffer) => {
      track.data(this.#count++, this.#clock(), chunk);
      if (dest.writable && !dest.write(chunk)) source.pause();
    });
    dest.on('drain', () => source.resume());
    source.on('end', () => {
      const fin = () => {
        this.#mark(from, 'fin');
        dest.end();
      };
      if (!source.writable || source.writableLength > 0) return fin();
      // An RST that comes together with octets before it is told as an end of the stream; writing nothing asks.
      source.write('', (fault) => {
        if (!fault) fin();
      });
    });
    source.on('error', (fault: NodeJS.ErrnoException) => rst(fault.code));
  }
}
