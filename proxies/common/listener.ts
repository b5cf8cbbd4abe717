import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import type { Address } from '../../harness/model.js';

/** A server that listens, and every socket that belongs to it: disposing it leaves none. */
export class Listener implements AsyncDisposable {
  readonly #sockets = new Set<Socket>();

  private constructor(readonly server: Server) {}

  /** Rejects where the address cannot be had. */
  static async open(server: Server, { host, port }: Address): Promise<Listener> {
    const listener = new Listener(server);
    server.on('connection', (socket: Socket) => listener.keep(socket));
    server.listen(port, host);
    await once(server, 'listening');
    return listener;
  }

  keep<S extends Socket>(socket: S): S {
    if (this.#sockets.has(socket)) return socket;
    this.#sockets.add(socket);
    socket.on('error', () => {}).once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
