import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Origin } from '../model.js';
import { echoes, httpOrigin } from './subjects.js';

/** What takes a frail server down: octets that it reads, or that a client resets its connection. */
export type Fatal = 'reset' | ((octets: Buffer) => boolean);

/**
 * An echo server that breaks down over something: all its connections end, and it lets nobody in any more. One that
 * `restarts` lets new ones in, as a server does that a supervisor starts anew.
 */
export const frail = (title: string, fatal: Fatal, { restarts = false } = {}): Origin =>
  httpOrigin({ title }, (server) => {
    const sockets = new Set<Socket>();
    let dead = false;
    const die = () => {
      dead = !restarts;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    };
    server.on('connection', (socket: Socket) => {
      if (dead) return void socket.destroy();
      sockets.add(socket.once('close', () => sockets.delete(socket)));
      if (fatal === 'reset')
        socket.on('error', (fault: NodeJS.ErrnoException) => fault.code === 'ECONNRESET' && die());
      else socket.on('data', (octets: Buffer) => fatal(octets) && die());
    });
    server.on('clientError', (_fault, socket) => socket.destroy());
    new WebSocketServer({ server }).on('connection', (session) => echoes(session.on('error', () => {})));
  });
