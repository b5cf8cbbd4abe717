import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { acceptValue } from '../../../harness/protocol/index.js';
import { echoes, httpOrigin } from '../../../harness/testing/subjects.js';

/** What its cache keeps for the next request of the same URL. */
export type Kept = 'pages' | 'refusals' | 'handshakes';

/** A WebSocket server behind a cache that keeps nothing, or what it should not; refusals may ask to be kept. */
export const cached = (kept?: Kept, control = 'no-store'): Origin =>
  httpOrigin({ title: kept ? `a cache that keeps ${kept}` : `a cache, refusals ${control}` }, (server) => {
    const sessions = new WebSocketServer({ noServer: true });
    const pages = new Set<string>();
    const refused = new Set<string>();
    const shaken = new Set<string>();
    server.on('request', (request, response) => {
      const url = request.url ?? '';
      pages.add(url);
      const held = kept === 'handshakes' && shaken.has(url);
      response.writeHead(200, held ? { 'Sec-WebSocket-Accept': acceptValue('kept') } : {}).end('page\n');
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const url = request.url ?? '';
      socket.on('error', () => {});
      if (kept === 'pages' && pages.has(url)) return answer(socket, '200 OK', 'Age: 1');
      if (request.headers['sec-websocket-version'] !== '13') {
        refused.add(url);
        return answer(socket, '426 Upgrade Required', `Cache-Control: ${control}`);
      }
      if (kept === 'refusals' && refused.has(url)) return answer(socket, '426 Upgrade Required', 'Age: 1');
      shaken.add(url);
      sessions.handleUpgrade(request, socket, head, (session) => echoes(session.on('error', () => {})));
    });
  });

const answer = (socket: Duplex, status: string, field: string): void =>
  void socket.end(`HTTP/1.1 ${status}\r\n${field}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
