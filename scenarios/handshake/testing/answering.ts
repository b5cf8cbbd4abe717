import type { IncomingMessage } from 'node:http';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { echoes, httpOrigin } from '../../../harness/testing/subjects.js';

/** A `ws` server whose 101 is changed before it is sent; `lines` are those of the head but the last, empty one. */
export const answering = (
  title: string,
  change: (lines: string[], request: IncomingMessage) => void,
  options: ServerOptions = {},
): Origin =>
  httpOrigin({ title }, (server) => {
    new WebSocketServer({ ...options, server })
      .on('headers', change)
      .on('connection', (socket) => echoes(socket.on('error', () => {})))
      .on('error', () => {});
  });
