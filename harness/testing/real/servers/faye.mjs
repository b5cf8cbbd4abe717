// An echo server of faye-websocket over a version of websocket-extensions.
//   node faye.mjs HOST PORT PACKAGE
import { createServer } from 'node:http';
import Module, { createRequire } from 'node:module';
import { ready, where } from './listen.mjs';

const { host, port, name } = where();
const resolve = Module._resolveFilename;
Module._resolveFilename = function (asked, ...rest) {
  return resolve.call(this, asked === 'websocket-extensions' ? name : asked, ...rest);
};
const WebSocket = createRequire(import.meta.url)('faye-websocket');

createServer()
  .on('upgrade', (request, socket, head) => {
    if (!WebSocket.isWebSocket(request)) return socket.destroy();
    const peer = new WebSocket(request, socket, head);
    peer.on('message', ({ data }) => peer.send(data));
  })
  .listen(port, host, ready);
