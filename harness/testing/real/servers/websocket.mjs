// An echo server of the package websocket, as its manual has it.
//   node websocket.mjs HOST PORT websocket
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { ready, where } from './listen.mjs';

const { host, port, name } = where();
const { server: WebSocketServer } = createRequire(import.meta.url)(name);

const httpServer = createServer((_, response) => {
  response.writeHead(404);
  response.end();
});
const server = new WebSocketServer({ httpServer, autoAcceptConnections: false });
server.on('request', (request) => {
  const connection = request.accept(null, request.origin);
  connection.on('message', (message) => {
    if (message.type === 'utf8') connection.sendUTF(message.utf8Data);
    else connection.sendBytes(message.binaryData);
  });
});
httpServer.listen(port, host, ready);
