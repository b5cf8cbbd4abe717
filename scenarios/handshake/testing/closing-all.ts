import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { echoes, httpOrigin } from '../../../harness/testing/subjects.js';

/**
 * A `ws` server that drops everybody over some requests, as one does that dies of them and is started anew; and that
 * has so many connections at most, for which it drops the earlier ones.
 */
export const closingAll = (
  over: (request: IncomingMessage, times: number) => boolean,
  most = Number.POSITIVE_INFINITY,
): Origin =>
  httpOrigin({ title: 'ws that drops everybody' }, (server) => {
    const sockets = new WebSocketServer({ noServer: true });
    const open = new Set<Duplex>();
    let times = 0;
    server.on('upgrade', (request, socket, head) => {
      open.add(socket.once('close', () => open.delete(socket)));
      for (const each of [...open].slice(0, -most)) each.destroy();
      if (!over(request, times)) return sockets.handleUpgrade(request, socket, head, echoes);
      times++;
      for (const each of open) each.destroy();
    });
  });
