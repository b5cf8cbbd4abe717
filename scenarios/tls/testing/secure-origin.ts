import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { createServer as createTcp } from 'node:net';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { Origin, Site } from '../../../harness/model.js';
import { echoes } from '../../../harness/testing/subjects.js';
import { up } from '../../../harness/testing/up.js';

export interface SecureOptions {
  title: string;
  /** Beside the site's certificate. */
  tls?: TlsOptions | ((site: Site) => TlsOptions | Promise<TlsOptions>);
  ws?: ServerOptions;
  /** Before HTTP sees the connection. */
  secured?(socket: TLSSocket): void;
  /** Requests without an upgrade; 426 when absent. */
  page?(request: IncomingMessage, response: ServerResponse): void;
  /** What is answered at once to the first octets of a connection, instead of leaving them to the server. */
  instead?(first: Buffer): Uint8Array | 'close' | undefined;
  /** What is answered to what comes after that. */
  then?(more: Buffer): Uint8Array | undefined;
}

/** `ws` on Node's own HTTPS server with options of TLS: sound, but for them. */
export const secureOrigin = ({
  title,
  tls = {},
  ws = {},
  secured,
  page,
  instead,
  then,
}: SecureOptions): Origin => ({
  name: 'origin',
  title,
  role: 'origin',
  tls: true,
  async embed(site) {
    const [cert, key] = await Promise.all([readFile(site.cert), readFile(site.key)]);
    const options = typeof tls === 'function' ? await tls(site) : tls;
    const server = createServer({ cert, key, ...options });
    server.on('tlsClientError', () => {});
    if (secured) server.prependListener('secureConnection', secured);
    if (page) server.on('request', page);
    new WebSocketServer({ ...ws, server })
      .on('connection', (socket) => echoes(socket.on('error', () => {})))
      .on('error', () => {});
    const front = createTcp({ noDelay: true }, (socket) => {
      if (!instead) return void server.emit('connection', socket);
      socket.once('readable', () => {
        const first = socket.read() as Buffer | null;
        if (!first) return void socket.destroy();
        const answer = instead(first);
        if (answer === 'close') return void socket.destroy();
        if (answer) {
          socket.write(answer);
          return void socket.on('data', (more: Buffer) => {
            const next = then?.(more);
            if (next) socket.write(next);
          });
        }
        socket.unshift(first);
        server.emit('connection', socket);
      });
    });
    return up(front, site);
  },
});
