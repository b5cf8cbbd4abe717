import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { echoes, httpOrigin } from '../../../harness/testing/subjects.js';

/** A `ws` server that still speaks the drafts that had no Sec-WebSocket-Key. */
export const speakingHixie = (): Origin =>
  httpOrigin({ title: 'ws that speaks the first drafts too' }, (server) => {
    const sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      if (request.headers['sec-websocket-key']) sockets.handleUpgrade(request, socket, head, echoes);
      else agree(request, socket, head);
    });
  });

function agree({ headers, url = '' }: IncomingMessage, socket: Duplex, head: Buffer): void {
  const [first, second] = [headers['sec-websocket-key1'], headers['sec-websocket-key2']];
  const prefix = first ? 'Sec-WebSocket' : 'WebSocket';
  socket.write(
    [
      'HTTP/1.1 101 WebSocket Protocol Handshake',
      'Upgrade: WebSocket',
      'Connection: Upgrade',
      `${prefix}-Origin: ${headers.origin}`,
      `${prefix}-Location: ws://${headers.host}${url}`,
      '',
      '',
    ].join('\r\n'),
  );
  if (first && second) socket.write(challenged(String(first), String(second), head));
}

function challenged(first: string, second: string, third: Buffer): Buffer {
  const numbers = Buffer.alloc(8);
  for (const [index, key] of [first, second].entries())
    numbers.writeUInt32BE(Number(key.replaceAll(/\D/g, '')) / key.replaceAll(/[^ ]/g, '').length, index * 4);
  return createHash('md5').update(numbers).update(third).digest();
}
