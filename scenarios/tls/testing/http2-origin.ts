import { readFile } from 'node:fs/promises';
import { createSecureServer } from 'node:http2';
import { WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { echoes } from '../../../harness/testing/subjects.js';
import { up } from '../../../harness/testing/up.js';

/** HTTP/2 and HTTP/1.1 at one port: a WebSocket by HTTP/1.1, and by extended CONNECT as `status` says. */
export const http2Origin = (title: string, options: { announce: boolean; status: number }): Origin => ({
  name: 'origin',
  title,
  role: 'origin',
  tls: true,
  async embed(site) {
    const [cert, key] = await Promise.all([readFile(site.cert), readFile(site.key)]);
    const settings = { enableConnectProtocol: options.announce };
    const server = createSecureServer({ cert, key, allowHTTP1: true, settings });
    const sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (made) => echoes(made.on('error', () => {}))),
    );
    server.on('stream', (stream, headers) => {
      stream.on('error', () => {});
      stream.respond({ ':status': headers[':protocol'] === 'websocket' ? options.status : 404 });
      if (options.status !== 200) stream.end();
    });
    server.on('sessionError', () => {}).on('tlsClientError', () => {});
    return up(server, site);
  },
});
