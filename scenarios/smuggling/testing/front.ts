import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { echoes, httpOrigin } from '../../../harness/testing/subjects.js';

/** What it gets wrong. `tunnel`: what follows a refused upgrade goes to the server behind. */
export type FrontSin = 'tunnel' | 'reads-on' | 'h2c' | 'drops-listed';

/** A server that calls itself `front`, with another behind it that calls itself `back`; WebSocket at /echo. */
export const front = (...sins: FrontSin[]): Origin =>
  httpOrigin({ title: sins.length > 0 ? `front: ${sins.join(', ')}` : 'front' }, (server) => {
    const sessions = new WebSocketServer({ noServer: true });
    server.on('request', (_request, response) => {
      response.writeHead(404, { Server: 'front', 'Content-Length': '0' }).end();
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => {});
      if (sins.includes('h2c') && /h2c/.test(request.headers.upgrade ?? '')) {
        return socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
        );
      }
      if (request.headers['sec-websocket-version'] !== '13' || !request.url?.startsWith('/echo')) {
        return refuse(socket, head, sins.includes('tunnel'));
      }
      const listed = sins.includes('drops-listed') && /origin/i.test(request.headers.connection ?? '');
      if (request.headers.origin?.includes('attacker') && !listed) return refuse(socket, head, false);
      sessions.handleUpgrade(request, socket, head, (session) => {
        echoes(session.on('error', () => socket.write(sins.includes('reads-on') ? BACK : '')));
      });
    });
  });

const BACK = 'HTTP/1.1 200 OK\r\nServer: back\r\nContent-Length: 0\r\n\r\n';

function refuse(socket: Duplex, head: Buffer, tunnel: boolean): void {
  socket.write('HTTP/1.1 426 Upgrade Required\r\nServer: front\r\nContent-Length: 0\r\n\r\n');
  if (!tunnel) return void socket.end();
  if (head.length > 0) socket.write(BACK);
  socket.on('data', () => socket.write(BACK));
}
