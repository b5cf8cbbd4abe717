import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A SOCKS5 proxy (RFC 1928, RFC 1929) that knows CONNECT and the addresses of a table. */
export interface SocksServer extends AsyncDisposable {
  port: number;
  /** What it was asked for, in order: `name:port`. */
  asked: readonly string[];
}

export interface SocksOptions {
  user?: string;
  password?: string;
  /** Where names lead; what is not there is refused (0x04, host unreachable). */
  hosts: Readonly<Record<string, string>>;
  /** Take the connection, and say nothing. */
  mute?: boolean;
}

export async function socksServer(options: SocksOptions): Promise<SocksServer> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => {}));
    if (!options.mute) void talk(socket, options, asked).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

async function talk(socket: Socket, { user, password = '', hosts }: SocksOptions, asked: string[]) {
  const [, methods] = await take(socket, 2);
  const offered = await take(socket, methods!);
  const wanted = user === undefined ? 0 : 2;
  if (!offered.includes(wanted)) return void socket.end(Buffer.from([5, 255]));
  socket.write(Buffer.from([5, wanted]));
  if (wanted === 2) {
    const [, length] = await take(socket, 2);
    const given = await take(socket, length!);
    const [more] = await take(socket, 1);
    const secret = await take(socket, more!);
    const right = String(given) === user && String(secret) === password;
    socket.write(Buffer.from([1, right ? 0 : 1]));
    if (!right) return void socket.end();
  }
  const [, , , type] = await take(socket, 4);
  const host =
    type === 3
      ? String(await take(socket, (await take(socket, 1))[0]!))
      : [...(await take(socket, 4))].join('.');
  const port = (await take(socket, 2)).readUInt16BE();
  asked.push(`${host}:${port}`);
  const refuse = (code: number) => socket.end(reply(code));
  const reply = (code: number) => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
  const to = hosts[host];
  if (to === undefined) return void refuse(4);
  const onward = connect(port, to).on('error', () => refuse(5));
  await once(onward, 'connect');
  socket.write(reply(0));
  socket.pipe(onward).pipe(socket);
}

async function take(socket: Socket, octets: number): Promise<Buffer> {
  if (octets === 0) return Buffer.alloc(0);
  for (;;) {
    const taken = socket.read(octets) as Buffer | null;
    if (taken) return taken;
    if (socket.readableEnded || socket.destroyed) throw new Error('the client is gone');
    await once(socket, 'readable');
  }
}
