// An echo server of a version of ws.
//   node ws.mjs HOST PORT PACKAGE
import { createRequire } from 'node:module';
import { ready, where } from './listen.mjs';

const { host, port, name } = where();
const { Server } = createRequire(import.meta.url)(name);

new Server({ host, port }, ready).on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, binary) => {
    // Before version 8 a text came as a string.
    socket.send(data, { binary: typeof data === 'string' ? false : (binary ?? true) });
  });
});
