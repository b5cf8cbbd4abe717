import type { Socket } from 'node:net';
import type { Address } from '../model.js';
import { reset, unlessReset } from '../reset.js';
import type { Budget } from './keep.js';
import type { From, TapConnection, TapEvent } from './tap-connection.js';
import { Tracks } from './tracks.js';

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
  readonly #tracks: Tracks;

  constructor(client: Socket, onward: Socket, options: PassageOptions) {
    const { id, segment, upstream, clock, budget } = options;
    this.id = id;
    this.segment = segment;
    this.upstream = upstream;
    this.#tracks = new Tracks(budget, clock);
    this.openedAt = clock();
    this.client = { host: client.remoteAddress ?? '', port: client.remotePort ?? 0 };
    this.#tracks.mark('client', 'open');
    onward.once('connect', () => {
      this.through = { host: onward.localAddress ?? '', port: onward.localPort ?? 0 };
      this.#tracks.mark('server', 'open');
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
    return this.#tracks.events;
  }

  get count(): number {
    return this.#tracks.count;
  }

  /** One direction. */
  #pass(from: From, source: Socket, dest: Socket): void {
    const tracks = this.#tracks;
    let told = false;
    const rst = (code?: string) => {
      if (told) return;
      told = true;
      tracks.mark(from, 'rst', code && code !== 'ECONNRESET' && code !== 'EPIPE' ? { why: code } : {});
      if (!dest.destroyed) reset(dest);
    };
    source.on('data', (chunk: Buffer) => {
      tracks.data(from, chunk);
      if (dest.writable && !dest.write(chunk)) source.pause();
    });
    dest.on('drain', () => source.resume());
    source.on('end', () => {
      unlessReset(source, () => {
        tracks.mark(from, 'fin');
        dest.end();
      });
    });
    source.on('error', (fault: NodeJS.ErrnoException) => rst(fault.code));
  }
}
