import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Test } from 'tap';
import { type WebSocket, WebSocketServer } from 'ws';
import { echoes } from './subjects.js';

export interface Mortal {
  url(): string;
  up(): Promise<void>;
  /** All connections end with it. */
  down(): Promise<void>;
  /** Ends every connection, and listens on. */
  dropAll(): void;
  /** What its 101 carries besides. */
  headers: string[];
  /** Answers this status instead of 101, where it is set. */
  refuses?: number;
  /** Takes connections and answers nothing. */
  hangs?: boolean;
  session: (socket: WebSocket) => void;
}

/** An echo server that can be taken away, and brought back at the same port. */
export async function mortal(t: Test): Promise<Mortal> {
  let server: Server;
  const sockets = new Set<Socket>();
  let port = 0;
  const self: Mortal = {
    headers: [],
    session: echoes,
    url: () => `ws://127.0.0.1:${port}/`,
    async up() {
      const sessions = new WebSocketServer({ noServer: true });
      sessions.on('headers', (headers) => headers.push(...self.headers));
      server = createServer().on('upgrade', (request, socket, head) => {
        if (self.hangs) return;
        if (self.refuses) return void socket.end(`HTTP/1.1 ${self.refuses} No\r\nConnection: close\r\n\r\n`);
        sessions.handleUpgrade(request, socket, head, (session) =>
          self.session(session.on('error', () => {})),
        );
      });
      server.on('connection', (socket) => sockets.add(socket));
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      port = (server.address() as AddressInfo).port;
    },
    async down() {
      const closed = once(server, 'close');
      server.close();
      self.dropAll();
      await closed;
    },
    dropAll() {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
  };
  await self.up();
  t.teardown(async () => {
    if (server.listening) await self.down();
  });
  return self;
}
