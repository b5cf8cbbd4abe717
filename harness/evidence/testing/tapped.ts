import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { Test } from 'tap';
import { startTap, type Tap } from '../relay.js';
import type { From } from '../tap-connection.js';

export const HERE = { host: '127.0.0.1', port: 0 };

/** A server for as long as the test; its port. */
export async function listen(t: Test, onConnection: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A tap before that port. */
export async function tapTo(t: Test, port: number): Promise<Tap> {
  const tap = await startTap({
    listen: HERE,
    upstream: { host: '127.0.0.1', port },
    segment: 'client → origin',
  });
  t.teardown(() => tap[Symbol.asyncDispose]());
  return tap;
}

/** A client of the tap. */
export async function dial(t: Test, { address }: Tap): Promise<Socket> {
  const socket = net.connect({ ...address, allowHalfOpen: true, noDelay: true });
  socket.on('error', () => {});
  t.teardown(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Looks again and again, for five seconds at the most. */
export async function until(what: () => boolean): Promise<void> {
  const late = performance.now() + 5000;
  while (!what() && performance.now() < late) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** `client open`, `server data 3` … */
export const told = (tap: Tap, from?: From) =>
  tap.connections[0]!.events.filter((event) => !from || event.from === from).map(
    ({ from, kind, length, why }) =>
      [from, kind, ...(length ? [length] : []), ...(why ? [why] : [])].join(' '),
  );

export type Ends = 'end' | 'reset';

/** What the far side sees of a socket. */
export function watch(socket: Socket): { text: string; end?: Ends } {
  const seen: { text: string; end?: Ends } = { text: '' };
  socket.on('data', (chunk) => {
    seen.text += chunk;
  });
  socket.on('end', () => {
    seen.end ??= 'end';
  });
  socket.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ECONNRESET') seen.end = 'reset';
  });
  return seen;
}
