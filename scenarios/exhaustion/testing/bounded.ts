import { WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { echoes, httpOrigin } from '../../../harness/testing/subjects.js';

/** A ws server that answers 429 once so many connections are open, or were opened within a second. */
export const bounded = (most: { open?: number; aSecond?: number }): Origin =>
  httpOrigin({ title: 'ws that bounds its clients' }, (server) => {
    const { open = Number.POSITIVE_INFINITY, aSecond = Number.POSITIVE_INFINITY } = most;
    const sessions = new WebSocketServer({ noServer: true });
    let times: number[] = [];
    server.on('upgrade', (request, socket, head) => {
      const now = performance.now();
      times = [...times.filter((time) => now - time < 1000), now];
      if (sessions.clients.size >= open || times.length > aSecond)
        return void socket.end('HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\n\r\n');
      sessions.handleUpgrade(request, socket, head, (session) => echoes(session.on('error', () => {})));
    });
  });
