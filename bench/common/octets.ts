/** Paths that carry octets, and what is measured of one: used by the benches of what relays. */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

/** Octets that are sent one way for a figure of throughput. */
export const BULK = 64 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024);
const ECHOES = 1500;
const CONNECTIONS = 150;

export interface Listening extends Disposable {
  port: number;
}

async function listen(onConnection: (socket: Socket) => void): Promise<Listening> {
  const server = net.createServer({ noDelay: true, allowHalfOpen: true }, onConnection);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, [Symbol.dispose]: () => void server.close() };
}

/** Echoes single octets; of anything larger, it tells the end. */
export const startOrigin = (): Promise<Listening> =>
  listen((socket) => {
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

/** What relays are held against: a plain pipe of node:net. */
export const startPipe = (to: number): Promise<Listening> =>
  listen((client) => {
    const upstream = net.connect({ port: to, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
    client.pipe(upstream).pipe(client);
  });

async function dial(port: number): Promise<Socket> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** ms for BULK octets to arrive at the origin. */
export async function bulk(port: number): Promise<number> {
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
export async function echo(port: number): Promise<number> {
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
export async function connect(port: number): Promise<number> {
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

export const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;

/** Measures the paths in turn, to and fro, so that what the machine does meanwhile meets all of them. Medians, by path. */
export async function sideBySide<Path extends string>(
  rounds: number,
  paths: Readonly<Record<Path, (measure: (port: number) => Promise<number>) => Promise<number>>>,
  measure: (port: number) => Promise<number>,
): Promise<Record<Path, number>> {
  const names = Object.keys(paths) as Path[];
  const seen = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 ? [...names].reverse() : names) {
      seen.get(name)!.push(await paths[name](measure));
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(seen.get(name)!)])) as Record<Path, number>;
}
