// A Socket.IO server as its manual has it, which echoes what it is emitted.
//   node socket.io.mjs HOST PORT socket.io
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { ready, where } from './listen.mjs';

const { host, port, name } = where();
const { Server } = createRequire(import.meta.url)(name);

const server = createServer();
new Server(server).on('connection', (socket) => {
  socket.on('message', (text) => socket.emit('message', text));
});
server.listen(port, host, ready);
