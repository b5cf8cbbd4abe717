import { once } from 'node:events';
import net, { type Server, type Socket } from 'node:net';
import { getSystemErrorMap } from 'node:util';
import { reset } from '../../harness/reset.js';
import { joinHostPort, resolve, splitHostPort } from './address.js';
import { encode } from './json.js';
import { Link } from './link.js';
import { Mutex } from './mutex.js';
import type { Toxic } from './toxic.js';
import { showToxic, Toxics } from './toxics.js';

/** No half-close of Node's own; TCP options as Go sets them. */
const TCP = { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: 15_000 };
const BACKLOG = 4096;

/** A listener that passes connections on to an upstream, through toxics. */
export class ToxicProxy {
  readonly name: string;
  readonly toxics: Toxics;
  listen: string;
  upstream: string;
  enabled = false;

  #server?: Server;
  /** By socket, how the proxy closes it. */
  readonly #sockets = new Map<Socket, () => void>();
  readonly #mutex = new Mutex();
  #accepting: Promise<void> = Promise.resolve();

  constructor(name: string, listen: string, upstream: string, kinds: ReadonlyMap<string, Toxic>) {
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
    this.toxics = new Toxics(kinds);
  }

  /** Listens; nothing happens when it already does. Throws with Go's words when it cannot. */
  start(): Promise<void> {
    return this.#mutex.run(() => this.#start());
  }

  /** Closes the listener and all connections. */
  stop(): Promise<void> {
    return this.#mutex.run(() => this.#stop());
  }

  /** Moves to other addresses, which closes all connections, and takes it up or down. */
  update(to: { listen: string; upstream: string; enabled: boolean }): Promise<void> {
    return this.#mutex.run(async () => {
      if (await this.differs(to)) {
        await this.#stop();
        this.listen = to.listen;
        this.upstream = to.upstream;
      }
      await (to.enabled ? this.#start() : this.#stop());
    });
  }

  async differs(other: { listen: string; upstream: string }): Promise<boolean> {
    const { host, port } = await resolve(other.listen);
    return this.listen !== joinHostPort(host, port) || this.upstream !== other.upstream;
  }

  /** The proxy as the API shows it. */
  show(): string {
    const { name, listen, upstream, enabled } = this;
    const shown = encode({ name, listen, upstream, enabled, Logger: {} });
    return `${shown.slice(0, -1)},"toxics":[${this.toxics.list().map(showToxic).join()}]}`;
  }

  async #start(): Promise<void> {
    if (this.enabled) return;
    const { host, port } = await resolve(this.listen).catch((error: Error) => {
      throw new Error(`listen tcp: ${error.message}`);
    });
    const server = net.createServer({ ...TCP, pauseOnConnect: true }, (client) => this.#accept(client));
    // Any address means both families.
    server.listen({ host: host === '0.0.0.0' || host === '' ? undefined : host, port, backlog: BACKLOG });
    try {
      await once(server, 'listening');
    } catch (error) {
      const why = getSystemErrorMap().get((error as NodeJS.ErrnoException).errno ?? 0)?.[1];
      throw new Error(`listen tcp ${joinHostPort(host, port)}: bind: ${why ?? (error as Error).message}`);
    }
    // A fault of a single accept is that connection's own.
    server.on('error', () => {});
    const bound = server.address() as net.AddressInfo;
    this.listen = joinHostPort(bound.address, bound.port);
    this.#server = server;
    this.enabled = true;
  }

  async #stop(): Promise<void> {
    if (!this.enabled) return;
    this.enabled = false;
    const closed = new Promise((done) => this.#server?.close(done));
    for (const close of this.#sockets.values()) close();
    await closed;
  }

  #accept(client: Socket): void {
    this.#own(client, () => client.destroy());
    // One after the other, as the original does: an upstream that does not answer holds up whoever comes later.
    this.#accepting = this.#accepting.then(() => this.#connect(client));
  }

  async #connect(client: Socket): Promise<void> {
    if (client.destroyed) return;
    let upstream: Socket;
    try {
      const { host, port } = splitHostPort(this.upstream);
      upstream = net.connect({ ...TCP, host: host || 'localhost', port });
      this.#own(upstream, () => upstream.destroy());
      await new Promise<void>((resolve, reject) => {
        upstream.once('connect', resolve).once('close', reject);
      });
    } catch {
      client.destroy();
      return;
    }
    if (client.destroyed) upstream.destroy();
    else this.#join(client, upstream);
  }

  #join(client: Socket, upstream: Socket): void {
    const resets = this.toxics.list().some(({ kind }) => kind.resets);
    for (const socket of [client, upstream])
      this.#sockets.set(socket, () => (resets ? reset(socket) : socket.destroy()));
    const close = (socket: Socket) => {
      if (resets) reset(socket);
      else socket.destroySoon();
    };
    for (const stream of ['upstream', 'downstream'] as const) {
      const [source, dest] = stream === 'upstream' ? [client, upstream] : [upstream, client];
      const link = new Link(source, dest, this.toxics.list(stream), close);
      const following = this.toxics.follow(stream, link);
      dest.once('close', () => following.drop());
    }
  }

  #own(socket: Socket, close: () => void): void {
    this.#sockets.set(socket, close);
    socket.once('close', () => this.#sockets.delete(socket));
    // Seen as the end of the stream, by 'close'.
    socket.on('error', () => {});
  }
}
