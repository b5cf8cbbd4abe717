import { readFile } from 'node:fs/promises';
import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { Origin, Site } from '../model.js';
import { up } from './up.js';

interface Ways {
  title: string;
  /** With the site's certificate. */
  tls?: boolean;
}

/** An origin that handles connections by itself. */
export const rawOrigin = (ways: Ways, serve: (socket: Socket) => void): Origin =>
  origin(ways, async (site) => {
    const handle = (socket: Socket) => serve(socket.on('error', () => {}));
    return ways.tls
      ? createTls({ ...(await pem(site)), ALPNProtocols: ['http/1.1'] }, handle)
      : createTcp({ allowHalfOpen: true, noDelay: true }, handle);
  });

/** An origin on Node's own HTTP server. */
export const httpOrigin = (ways: Ways, build: (server: HttpServer, site: Site) => void): Origin =>
  origin(ways, async (site) => {
    const server = ways.tls ? createHttps(await pem(site)) : createHttp();
    build(server, site);
    return server;
  });

/** An origin that is a `ws` server with the given options; its sessions echo unless they are handled otherwise. */
export const wsOrigin = (
  ways: Ways,
  options: ServerOptions = {},
  session: (socket: WebSocket, request: import('node:http').IncomingMessage) => void = echoes,
): Origin =>
  httpOrigin(ways, (server) => {
    new WebSocketServer({ ...options, server })
      .on('connection', (socket, request) =>
        session(
          socket.on('error', () => {}),
          request,
        ),
      )
      .on('error', () => {});
  });

export const echoes = (socket: WebSocket): void => {
  socket.on('message', (data, binary) => socket.send(data, { binary }));
};

const pem = async ({ cert, key }: Site) => ({ cert: await readFile(cert), key: await readFile(key) });

function origin({ title, tls = false }: Ways, make: (site: Site) => Promise<Server>): Origin {
  return {
    name: 'origin',
    title,
    role: 'origin',
    tls,
    async embed(site) {
      return up(await make(site), site);
    },
  };
}
