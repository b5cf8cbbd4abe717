import { WebSocketServer } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, httpOrigin } from '../../harness/testing/subjects.js';

/** As ws 7.4.5 took the list apart. */
const LIST = / *, */;

export default {
  careless: {
    origin: httpOrigin({ title: 'ws behind a regular expression' }, (server) => {
      server.on('upgrade', ({ headers }) => headers['sec-websocket-protocol']?.split(LIST));
      new WebSocketServer({ server, handleProtocols: () => false }).on('connection', (socket) =>
        echoes(socket.on('error', () => {})),
      );
    }),
  },
} satisfies Controls;
