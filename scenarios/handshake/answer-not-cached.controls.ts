import { WebSocketServer } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, httpOrigin } from '../../harness/testing/subjects.js';

/** Keeps each 101, and gives it out again to whoever comes with the same key. */
const caching = httpOrigin({ title: 'ws behind a store of answers' }, (server) => {
  const kept = new Map<string, string[]>();
  const sockets = new WebSocketServer({ noServer: true }).on('headers', (lines, { headers }) => {
    kept.set(headers['sec-websocket-key']!, [...lines]);
  });
  server.on('upgrade', (request, socket, head) => {
    const answer = kept.get(request.headers['sec-websocket-key'] ?? '');
    if (answer) socket.write([...answer, 'Age: 3', '', ''].join('\r\n'));
    else sockets.handleUpgrade(request, socket, head, echoes);
  });
});

export default { careless: { origin: caching } } satisfies Controls;
