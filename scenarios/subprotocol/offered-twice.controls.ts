import { WebSocketServer } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, httpOrigin } from '../../harness/testing/subjects.js';

/** Does not look at the offer, and writes it into the answer as it came. */
const repeating = httpOrigin({ title: 'ws that repeats the offer' }, (server) => {
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const offer = request.headers['sec-websocket-protocol'];
    delete request.headers['sec-websocket-protocol'];
    sockets.once('headers', (lines) => {
      if (offer !== undefined) lines.push(`Sec-WebSocket-Protocol: ${offer}`);
    });
    sockets.handleUpgrade(request, socket, head, echoes);
  });
});

export default { careless: { origin: repeating } } satisfies Controls;
