import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HOST } from './stand.js';

/** A page for browsers. It opens the WebSocket that the query names, sends one message, and answers as pages do: not at all. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>wsgauntlet</title>
<script>
const socket = new WebSocket(new URLSearchParams(location.search).get('url'));
socket.onopen = () => { socket.send('hello'); document.title = 'open'; };
socket.onclose = (event) => { document.title = 'closed ' + event.code; };
</script>
`;

/** Serves it on loopback. */
export async function servePage(): Promise<AsyncDisposable & { of(url: string): string }> {
  const server = createServer((request, response) => {
    const found = request.url?.startsWith('/?') ?? false;
    response.writeHead(found ? 200 : 404, { 'Content-Type': 'text/html', Connection: 'close' });
    response.end(found ? PAGE : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    of: (url) => `http://${HOST}:${port}/?url=${encodeURIComponent(url)}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
