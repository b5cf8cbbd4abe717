import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { httpOrigin } from '../../../harness/testing/subjects.js';

export const PATH = '/sock/000/abc/websocket';
/** The page of the application. */
export const PAGE = 'https://app.example';

export type Sin =
  | 'any-origin'
  | 'reflects-origin'
  | 'jsonp'
  | 'callback-as-is'
  | 'foreign-script'
  | 'shares-sessions'
  | 'dies-of-upgrade';

/** A small SockJS server of our own at /sock, sound but for the given sins. */
export const sockJs = (sins: readonly Sin[] = []): Origin =>
  httpOrigin({ title: sins.length === 0 ? 'SockJS' : sins.join(', ') }, (server) => {
    const has = (sin: Sin) => sins.includes(sin);
    const ws = new WebSocketServer({ noServer: true });
    const sessions = new Map<string, { polled: boolean; queue: string[] }>();
    const sockets = new Set<Duplex>();
    let dead = false;
    server.on('connection', (socket) => {
      if (dead) return socket.destroy();
      sockets.add(socket.on('error', () => {}));
      socket.once('close', () => sockets.delete(socket));
    });
    const foreign = ({ headers: { origin } }: IncomingMessage) => origin !== undefined && origin !== PAGE;
    server.on('request', (request, response) => {
      const { origin } = request.headers;
      if (origin !== undefined && (origin === PAGE || has('reflects-origin'))) {
        response.setHeader('Access-Control-Allow-Origin', origin);
        response.setHeader('Access-Control-Allow-Credentials', 'true');
      }
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://o');
      const [, name, session = '', transport] =
        /^\/sock\/(\w+(?:\.html)?)(?:\/(\w+)\/(\w+))?$/.exec(pathname) ?? [];
      if (name === 'info') return void response.end('{"websocket":true,"origins":["*:*"],"entropy":1}');
      if (name === 'iframe.html') return frame(response);
      if (foreign(request) && !has('any-origin')) return void response.writeHead(403).end();
      if (transport === 'xhr') return poll(session, response);
      if (transport === 'xhr_send') return send(session, request, response);
      if (transport === 'jsonp' && has('jsonp'))
        return void response.end(`/**/${searchParams.get('c')}("o");`);
      if (transport === 'htmlfile' && has('callback-as-is')) {
        response.setHeader('Content-Type', 'text/html');
        return void response.end(`<script>parent.${searchParams.get('c')}.start()</script>`);
      }
      response.writeHead(404).end();
    });
    const frame = (response: ServerResponse) => {
      const source = has('foreign-script') ? 'https://cdn.example/sockjs.min.js' : '/sockjs.min.js';
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!DOCTYPE html><html><head><script src="${source}"></script></head></html>`);
    };
    const poll = (name: string, response: ServerResponse) => {
      const session = sessions.get(name);
      if (!session) {
        sessions.set(name, { polled: false, queue: [] });
        return void response.end('o\n');
      }
      if (session.polled && !has('shares-sessions'))
        return void response.end('c[2010,"Another connection still open"]\n');
      if (session.polled) return void response.end('a["meant for another"]\n');
      session.polled = true;
      response.once('close', () => {
        session.polled = false;
      });
    };
    const send = (name: string, request: IncomingMessage, response: ServerResponse) => {
      request.resume();
      response.writeHead(sessions.has(name) ? 204 : 404).end();
    };
    server.on('upgrade', (request, socket, head) => {
      if (!request.url?.endsWith('/websocket')) {
        if (has('dies-of-upgrade')) {
          dead = true;
          for (const one of sockets) one.destroy();
        }
        return void socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      }
      if (foreign(request)) return void socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      ws.handleUpgrade(request, socket, head, (peer) => peer.on('error', () => {}).send('o'));
    });
  });
