import { WebSocketServer } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, httpOrigin } from '../../harness/testing/subjects.js';

export default {
  careless: {
    origin: httpOrigin({ title: 'ws that goes on with HTTP' }, (server) => {
      const sockets = new WebSocketServer({ noServer: true });
      server.on('upgrade', (request, socket, head) => {
        const more = head.toString('latin1').startsWith('GET ');
        sockets.handleUpgrade(request, socket, more ? Buffer.alloc(0) : head, echoes);
        if (more) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      });
    }),
  },
} satisfies Controls;
