import { type OutgoingHttpHeaders, STATUS_CODES } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { echoes, httpOrigin } from '../../../harness/testing/subjects.js';

interface Refusal {
  status?: number;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

/** A `ws` server whose plain requests are all answered so. */
export const answering = (title: string, { status = 404, headers = {}, body = '' }: Refusal = {}): Origin =>
  httpOrigin({ title }, (server) => {
    server.on('request', (_, response) =>
      response.writeHead(status, STATUS_CODES[status], headers).end(body),
    );
    new WebSocketServer({ server })
      .on('connection', (socket) => echoes(socket.on('error', () => {})))
      .on('error', () => {});
  });
