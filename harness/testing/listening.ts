import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Socket, type Server as TcpServer } from 'node:net';
import type { Test } from 'tap';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { echoes } from './subjects.js';

/** Puts a server up on a port of loopback until the test is over; gives the port. */
export async function listening(t: Test, server: TcpServer): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket.on('error', () => {}).once('close', () => open.delete(socket)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(async () => {
    const up = server.listening;
    const closed = once(server, 'close');
    if (up) server.close();
    for (const socket of open) socket.destroy();
    if (up) await closed;
  });
  return (server.address() as AddressInfo).port;
}

/** An ordinary `ws` server; gives its URL. */
export async function wsListening(
  t: Test,
  options: ServerOptions = {},
  session: (socket: WebSocket) => void = echoes,
): Promise<string> {
  const server = createServer();
  new WebSocketServer({ ...options, server }).on('connection', (socket) =>
    session(socket.on('error', () => {})),
  );
  return `ws://127.0.0.1:${await listening(t, server)}/`;
}

/** A server that answers every connection in this way; gives its URL. */
export async function answering(t: Test, answer: (socket: Socket) => void): Promise<string> {
  const server = createTcp((socket) => void socket.once('data', () => answer(socket)));
  return `ws://127.0.0.1:${await listening(t, server)}/`;
}

export type { Server };
