// A SockJS server at /echo, which echoes messages.
//   node sockjs.mjs HOST PORT sockjs
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { ready, where } from './listen.mjs';

const { host, port, name } = where();
const sockjs = createRequire(import.meta.url)(name);

const service = sockjs.createServer({ log: () => {} });
service.on('connection', (connection) => {
  if (connection) connection.on('data', (message) => connection.write(message));
});
const server = createServer();
service.installHandlers(server, { prefix: '/echo' });
server.listen(port, host, ready);
