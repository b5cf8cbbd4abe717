import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Address, Transcript } from '../model.js';
import type { Budget } from './keep.js';
import type { From, TapEvent } from './tap-connection.js';
import { Tracks } from './tracks.js';

const OTHER: Record<From, From> = { client: 'server', server: 'client' };
/** Octets that are kept of a connection that shares no budget. */
const MOST_KEPT = 1024 * 1024;
const BINDING = 'EXPORTER-Channel-Binding';

/**
 * A connection as the end of it that is ours has it: what it wrote once the system had taken it, and what came. It
 * reads nothing and adds no listener for data, so that whoever uses the socket finds it as it was. Of TLS it has the
 * inside; for the ciphertext, which the end does not see, stands one record that names the session.
 */
export class EndTranscript implements Transcript {
  readonly openedAt = performance.now();
  readonly client: Address;
  readonly upstream: Address;
  endedAt?: number;
  readonly #tracks: Tracks;
  readonly #budget: Budget;
  #inside: Tracks | undefined;
  readonly #over = { client: false, server: false };
  #wasReset = false;

  /** @param raw connected */
  constructor(
    raw: Socket,
    private readonly ours: From,
    budget: Budget = { left: MOST_KEPT },
  ) {
    this.#budget = budget;
    this.#tracks = new Tracks(budget);
    const near = { host: raw.localAddress ?? '', port: raw.localPort ?? 0 };
    const far = { host: raw.remoteAddress ?? '', port: raw.remotePort ?? 0 };
    [this.client, this.upstream] = ours === 'client' ? [near, far] : [far, near];
    this.#follow(raw, this.#tracks);
    const { resetAndDestroy } = raw;
    raw.resetAndDestroy = () => {
      this.#end(ours, 'rst');
      return resetAndDestroy.call(raw);
    };
    raw.once('close', () => {
      this.#letGo();
      this.endedAt = performance.now();
    });
  }

  /** The stream speaks TLS over the connection from here on. */
  secure(stream: TLSSocket): void {
    const inside = new Tracks(this.#budget);
    this.#inside = inside;
    this.#follow(stream, inside);
    stream.once('secure', () => {
      // A certificate that was refused has ended it already.
      if (stream.destroyed) return;
      const session = stream.exportKeyingMaterial(32, BINDING, Buffer.alloc(0));
      // No handshake message has the type 255, so nobody takes it for more than it is (RFC 8446 §4).
      const message = [255, 0, 0, session.length, ...session];
      this.#tracks.data('client', Uint8Array.of(22, 3, 3, 0, message.length, ...message));
    });
  }

  get events(): readonly TapEvent[] {
    return this.#tracks.events;
  }

  get plain(): readonly TapEvent[] | undefined {
    return this.#inside?.events;
  }

  get count(): number {
    return this.#tracks.count + (this.#inside?.count ?? 0);
  }

  #end(from: From, how: 'fin' | 'rst', at = performance.now()): void {
    if (this.#over[from]) return;
    this.#over[from] = true;
    this.#tracks.mark(from, how, { at });
  }

  /** Whoever just lets go of a socket sends a FIN. */
  #letGo(): void {
    if (!this.#wasReset) this.#end(this.ours, 'fin');
  }

  #follow(stream: Socket, tracks: Tracks): void {
    const { ours } = this;
    const theirs = OTHER[ours];
    const { push, _write, _writev, _destroy } = stream;
    stream.push = (chunk: Uint8Array | null, encoding) => {
      const at = performance.now();
      if (chunk && chunk.length > 0) tracks.data(theirs, chunk, at);
      // An RST that arrives together with octets is told as an end first, and as an error right after.
      if (chunk === null) setImmediate(() => this.#end(theirs, 'fin', at));
      return push.call(stream, chunk, encoding);
    };
    const taken = (chunks: readonly Written[], done: Done): Done => {
      const at = performance.now();
      return (fault) => {
        for (const written of fault ? [] : chunks) {
          const bytes = octetsOf(written);
          if (bytes.length > 0) tracks.data(ours, bytes, at);
        }
        done(fault);
      };
    };
    stream._write = (chunk, encoding, done) =>
      _write.call(stream, chunk, encoding, taken([{ chunk, encoding }], done));
    // The socket puts something else into the list that it is given.
    if (_writev) stream._writev = (chunks, done) => _writev.call(stream, chunks, taken([...chunks], done));
    stream.once('finish', () => this.#end(ours, 'fin'));
    // At once: the other side answers before this one is told that it is closed.
    stream._destroy = (fault, done) => {
      const { code } = (fault ?? {}) as NodeJS.ErrnoException;
      this.#wasReset ||= code === 'ECONNRESET' || code === 'EPIPE';
      if (this.#wasReset) this.#end(theirs, 'rst');
      else this.#letGo();
      _destroy.call(stream, fault, done);
    };
  }
}

type Written = { chunk: Uint8Array | string; encoding: BufferEncoding };
type Done = (fault?: Error | null) => void;

const octetsOf = ({ chunk, encoding }: Written): Uint8Array =>
  typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
