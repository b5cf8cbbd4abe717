/**
 * The embedded Toxiproxy against a plain node:net relay, over the same origin in one run:
 * `node --import=tsx bench/toxiproxy.ts`. Ratios are ours to the relay's: for throughput 1 is parity and more is
 * faster, for time 1 is parity and more is slower. Relay, origin and client share this process.
 */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { startToxiproxy } from '../proxies/toxiproxy/server.js';

const ROUNDS = 9;
const BULK = 64 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024);
const ECHOES = 1000;
const CONNECTIONS = 100;

const portOf = (server: net.Server) => (server.address() as AddressInfo).port;
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;

async function listen(onConnection: (socket: Socket) => void): Promise<net.Server> {
  const server = net.createServer({ noDelay: true }, onConnection);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function dial(port: number): Promise<Socket> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** ms for BULK octets to arrive at the origin. */
async function bulk(port: number): Promise<number> {
  const socket = await dial(port);
  const start = performance.now();
  for (let sent = 0; sent < BULK; sent += PIECE.length) {
    if (!socket.write(PIECE)) await once(socket, 'drain');
  }
  const [answer] = await once(socket, 'data');
  socket.destroy();
  if (String(answer) !== 'all') throw new Error('the origin did not get it all');
  return performance.now() - start;
}

/** Median ms from a byte to its echo. */
async function echo(port: number): Promise<number> {
  const socket = await dial(port);
  const times: number[] = [];
  for (let round = 0; round < ECHOES; round++) {
    const start = performance.now();
    socket.write('x');
    await once(socket, 'data');
    times.push(performance.now() - start);
  }
  socket.destroy();
  return median(times);
}

/** Median ms from connecting to the first echo. */
async function connect(port: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < CONNECTIONS; round++) {
    const start = performance.now();
    const socket = await dial(port);
    socket.write('x');
    await once(socket, 'data');
    times.push(performance.now() - start);
    socket.destroy();
  }
  return median(times);
}

// Single octets are echoed; of anything larger, the end is told.
const origin = await listen((socket) => {
  let got = 0;
  socket.on('error', () => {});
  socket.on('data', (data) => {
    if (data.length === 1 && got === 0) socket.write(data);
    else {
      got += data.length;
      if (got === BULK) socket.write('all');
    }
  });
});
const relay = await listen((client) => {
  const upstream = net.connect({ port: portOf(origin), host: '127.0.0.1', noDelay: true });
  client.on('error', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
  client.pipe(upstream).pipe(client);
});
const toxiproxy = await startToxiproxy({ host: '127.0.0.1', port: 0 });
const api = `http://127.0.0.1:${toxiproxy.address.port}/proxies`;
const proxied = async (name: string, ...toxics: object[]) => {
  const body = { name, listen: '127.0.0.1:0', upstream: `127.0.0.1:${portOf(origin)}` };
  const made = (await (await fetch(api, { method: 'POST', body: JSON.stringify(body) })).json()) as {
    listen: string;
  };
  for (const toxic of toxics)
    await fetch(`${api}/${name}/toxics`, { method: 'POST', body: JSON.stringify(toxic) });
  return Number(made.listen.split(':')[1]);
};
const paths = {
  direct: portOf(origin),
  relay: portOf(relay),
  'no toxic': await proxied('none'),
  noop: await proxied('noop', { type: 'noop', stream: 'upstream' }, { type: 'noop' }),
  'latency 0': await proxied('latency', { type: 'latency', stream: 'upstream' }, { type: 'latency' }),
};

const measures = { bulk, connect, echo };
for (const [measure, run] of Object.entries(measures)) {
  const seen = Object.fromEntries(Object.keys(paths).map((path) => [path, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    const order = Object.entries(paths);
    if (round % 2) order.reverse();
    for (const [path, port] of order) seen[path]!.push(await run(port));
  }
  const base = median(seen.relay!);
  for (const [path, times] of Object.entries(seen)) {
    const ms = median(times);
    const figure =
      measure === 'bulk'
        ? `${(BULK / 1e3 / ms).toFixed(0).padStart(6)} MB/s`
        : `${ms.toFixed(3).padStart(8)} ms`;
    const ratio = measure === 'bulk' ? base / ms : ms / base;
    console.log(`${measure.padEnd(8)} ${path.padEnd(10)} ${figure}   ${ratio.toFixed(2)}`);
  }
}
origin.close();
relay.close();
await toxiproxy[Symbol.asyncDispose]();
