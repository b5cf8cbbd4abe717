/**
 * The recording relay against a plain pipe of node:net, over the same origin in one run: `node --import=tsx
 * bench/tap.ts`. Ratios are ours to the pipe's: for throughput and connections 1 is parity and more is faster; for
 * latency they are of what each adds to the direct path, and 1 is parity and more is slower. Relay, pipe, origin and
 * client share this process.
 */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { startTap, type Tap } from '../harness/evidence/index.js';

const ROUNDS = 9;
const BULK = 64 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024);
const ECHOES = 1500;
const CONNECTIONS = 150;

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;

async function listen(onConnection: (socket: Socket) => void): Promise<{ port: number; close(): void }> {
  const server = net.createServer({ noDelay: true, allowHalfOpen: true }, onConnection);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
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

/** Median ms from an octet to its echo. */
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

/** ms per connection: connecting, one echo, and the end, one after another. */
async function connect(port: number): Promise<number> {
  const start = performance.now();
  for (let round = 0; round < CONNECTIONS; round++) {
    const socket = await dial(port);
    socket.write('x');
    await once(socket, 'data');
    socket.end();
    await once(socket.resume(), 'close');
  }
  return (performance.now() - start) / CONNECTIONS;
}

// Single octets are echoed; of anything larger, the end is told.
const origin = await listen((socket) => {
  let got = 0;
  let single = true;
  socket.on('error', () => {});
  socket.on('end', () => socket.end());
  socket.on('data', (data) => {
    got += data.length;
    single &&= data.length === 1;
    if (single) socket.write(data);
    else if (got === BULK) socket.write('all');
  });
});
const pipe = await listen((client) => {
  const upstream = net.connect({ port: origin.port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  client.on('error', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
  client.pipe(upstream).pipe(client);
});
/** A fresh tap for each round, as each place has: what it may keep is not spent by the round before. */
const withTap = async (measure: (port: number) => Promise<number>): Promise<number> => {
  await using tap: Tap = await startTap({
    listen: { host: '127.0.0.1', port: 0 },
    upstream: { host: '127.0.0.1', port: origin.port },
    segment: 'client → origin',
  });
  return await measure(tap.address.port);
};
const paths = {
  direct: (measure: (port: number) => Promise<number>) => measure(origin.port),
  pipe: (measure: (port: number) => Promise<number>) => measure(pipe.port),
  tap: withTap,
};

const report = (what: string, path: string, figure: string, ratio?: number) =>
  console.log(`${what.padEnd(12)} ${path.padEnd(7)} ${figure.padStart(14)}   ${ratio?.toFixed(2) ?? ''}`);

for (const [what, measure] of Object.entries({ bulk, echo, connect })) {
  const seen: Record<keyof typeof paths, number[]> = { direct: [], pipe: [], tap: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const order = Object.keys(paths) as (keyof typeof paths)[];
    if (round % 2) order.reverse();
    for (const path of order) seen[path].push(await paths[path](measure));
  }
  const [direct, plain, tap] = [median(seen.direct), median(seen.pipe), median(seen.tap)];
  for (const [path, ms] of Object.entries({ direct, pipe: plain, tap })) {
    if (what === 'bulk') report('throughput', path, `${(BULK / 1e3 / ms).toFixed(0)} MB/s`, plain / ms);
    if (what === 'connect') report('connections', path, `${(1000 / ms).toFixed(0)} /s`, plain / ms);
    if (what === 'echo') {
      const added = (ms - direct) * 1000;
      const figure = path === 'direct' ? `${(ms * 1000).toFixed(1)} µs` : `+${added.toFixed(1)} µs`;
      report('latency', path, figure, path === 'direct' ? undefined : (ms - direct) / (plain - direct));
    }
  }
}
origin.close();
pipe.close();
