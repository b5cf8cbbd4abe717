import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Origin } from '../../../harness/model.js';
import { echoes, httpOrigin, wsOrigin } from '../../../harness/testing/subjects.js';

const LIMIT_MS = 600;
/** Others of this process may hold up whoever has to send meanwhile. */
const SILENCE_MS = 1800;

/** Ends connections that have not asked for a WebSocket after a while. */
export const strictHeads: Origin = httpOrigin({ title: 'ws, with a limit on request heads' }, (server) => {
  const upgraded = new WeakSet<Duplex>();
  server.on('connection', (socket) => {
    const timer = setTimeout(() => upgraded.has(socket) || socket.destroy(), LIMIT_MS);
    socket.once('close', () => clearTimeout(timer));
  });
  server.on('upgrade', (_request, socket) => upgraded.add(socket));
  new WebSocketServer({ server }).on('connection', (socket) => echoes(socket.on('error', () => {})));
});

/** Its limit starts anew with every octet. */
export const patientHeads: Origin = httpOrigin({ title: 'ws, with a limit on silence only' }, (server) => {
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  server.on('connection', (socket) => socket.setTimeout(SILENCE_MS, () => socket.destroy()));
  new WebSocketServer({ server }).on('connection', (socket, request) => {
    request.socket.setTimeout(0);
    echoes(socket.on('error', () => {}));
  });
});

/** Ends connections that have not begun TLS after a while. */
export const strictTls: Origin = httpOrigin({ title: 'ws, with a limit on TLS', tls: true }, (server) => {
  server.on('connection', (socket) => {
    const timer = setTimeout(() => socket.bytesRead > 0 || socket.destroy(), LIMIT_MS);
    socket.once('close', () => clearTimeout(timer));
  });
  new WebSocketServer({ server }).on('connection', (socket) => echoes(socket.on('error', () => {})));
});

export const tlsInNoHurry: Origin = wsOrigin({ title: 'ws', tls: true });

/** Pings, and ends what does not answer, as the manual of ws has it. */
export const heartbeat: Origin = wsOrigin({ title: 'ws with a heartbeat' }, {}, (socket) => {
  echoes(socket);
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, 200);
  socket.once('close', () => clearInterval(timer));
});

export const plain: Origin = wsOrigin({ title: 'ws' });
