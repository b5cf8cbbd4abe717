import { WebSocketServer } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, httpOrigin, wsOrigin } from '../../harness/testing/subjects.js';

export default {
  sound: { origin: wsOrigin({ title: 'ws with compression' }, { perMessageDeflate: true }) },
  careless: {
    origin: httpOrigin({ title: 'breaks off over a quote' }, (server) => {
      const sessions = new WebSocketServer({ noServer: true });
      server.on('upgrade', (request, socket, head) => {
        if (String(request.headers['sec-websocket-extensions']).includes('"')) return void socket.destroy();
        sessions.handleUpgrade(request, socket, head, (session) => echoes(session.on('error', () => {})));
      });
    }),
  },
} satisfies Controls;
