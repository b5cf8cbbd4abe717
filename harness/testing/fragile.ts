import { createServer, type ServerOptions as HttpOptions, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { Origin } from '../model.js';
import { echoes } from './subjects.js';
import { up } from './up.js';

interface Ways {
  title: string;
  http?: HttpOptions;
  /** Whether a request, or a message, brings the process down: every connection ends, and none is taken any more. */
  fatal?: (request: IncomingMessage) => boolean;
  fatalMessage?: (data: Buffer) => boolean;
  /** An error of a connection does. */
  fatalErrors?: boolean;
  ws?: ServerOptions;
  /** When it is there again, as under a supervisor; never when absent. */
  returnsMs?: number;
}

/** A ws server on an HTTP server with these options, that may fall. */
export const fragile = ({
  title,
  http = {},
  fatal,
  fatalMessage,
  fatalErrors,
  ws = {},
  returnsMs,
}: Ways): Origin => ({
  name: 'origin',
  title,
  role: 'origin',
  async embed({ listen }) {
    let fallen = false;
    const open = new Set<Duplex>();
    const fall = () => {
      fallen = true;
      for (const socket of open) socket.destroy();
      if (returnsMs === undefined) return;
      const up = () => {
        fallen = false;
      };
      setTimeout(up, returnsMs).unref();
    };
    const server = createServer(http);
    const sessions = new WebSocketServer({ ...ws, noServer: true });
    server.on('connection', (socket: Socket) => {
      open.add(socket.once('close', () => open.delete(socket)));
      if (fallen) socket.resetAndDestroy();
    });
    server.on('upgrade', (request, socket, head) => {
      if (fatal?.(request)) return fall();
      sessions.handleUpgrade(request, socket, head, (session) => {
        echoes(session.on('error', () => fatalErrors && fall()));
        session.on('message', (data) => fatalMessage?.(data as Buffer) && fall());
      });
    });
    return up(server, { listen });
  },
});
