// A server of a version of Engine.IO, which echoes messages.
//   node engine.io.mjs HOST PORT PACKAGE
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { ready, where } from './listen.mjs';

const { host, port, name } = where();
const { attach } = createRequire(import.meta.url)(name);

const server = createServer();
attach(server).on('connection', (socket) => {
  socket.on('message', (data) => socket.send(data));
});
server.listen(port, host, ready);
