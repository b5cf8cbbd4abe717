/** `lured-program.ts URL [sin …]`: the client of lured-client.ts as a program, which comes back after each failure. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Route } from '../model.js';
import { openLured } from './lured-client.js';
import type { LuredSin } from './lured-sins.js';

const BASE_MS = 150;
const CAP_MS = 2000;
const [url = '', ...rest] = process.argv.slice(2);
const sins = new Set(rest as LuredSin[]);
const route: Route = { url };
setInterval(() => {}, 60_000);

const proxy = process.env.http_proxy;
if (proxy !== undefined) {
  await throughProxy(new URL(proxy));
} else {
  for (let failures = 0; ; failures++) {
    const session = await openLured(route, { handshakeMs: 700 }, sins);
    if (session.opened) {
      await session.ended();
      failures = 0;
    }
    if (sins.has('ends-loudly')) throw new Error(session.failure);
    console.error(`error: ${session.failure}`);
    const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** failures);
    await sleep(sins.has('storms') ? BASE_MS : ceiling / 2 + (Math.random() * ceiling) / 2);
  }
}

/** By CONNECT, with the proxy's credentials; careless, with them inside of the tunnel as well. */
async function throughProxy({ hostname, port, username, password }: URL): Promise<void> {
  const { host } = new URL(url);
  const credentials = `Proxy-Authorization: Basic ${Buffer.from(`${username}:${password}`).toString('base64')}\r\n`;
  const socket = connect(Number(port), hostname);
  socket.write(`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n${credentials}\r\n`);
  socket.once('data', () => {
    socket.write(
      `GET / HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n` +
        `${sins.has('leaks-proxy-credentials') ? credentials : ''}\r\n`,
    );
  });
  await new Promise(() => {});
}
