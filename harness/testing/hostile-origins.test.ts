import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import t from 'tap';
import { acceptValue } from '../protocol/index.js';
import { spawned } from './spawned.js';
import { tracesOf } from './traces.js';

t.setTimeout(110_000);

const MIB = 1_048_576;
const MOST_GROWN = 200 * MIB;

/** Writes for as long as the peer takes it. */
function pour(socket: Socket, octets: Uint8Array): void {
  const more = () => {
    while (!socket.destroyed && socket.write(octets));
  };
  socket.on('drain', more);
  more();
}

/** Answers a right 101 to whoever asks, then goes on as it is told to. */
const accepting = (then: (socket: Socket) => void) => (socket: Socket) => {
  let head = '';
  const take = (chunk: Buffer) => {
    head += chunk.toString('latin1');
    if (!head.includes('\r\n\r\n')) return;
    socket.off('data', take);
    const key = /sec-websocket-key: *(\S+)/i.exec(head)?.[1] ?? '';
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptValue(key)}\r\n\r\n`,
    );
    then(socket);
  };
  socket.on('data', take);
};

const repeat = (octets: readonly number[]) => Buffer.concat(Array(4096).fill(Buffer.from(octets)));
const length64 = (octets: bigint) => {
  const header = Buffer.from([0x82, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeBigUInt64BE(octets, 2);
  return header;
};

const HOSTILE: Record<string, (socket: Socket) => void> = {
  'accepts and says nothing': (socket) => socket.resume(),
  'floods as soon as somebody connects': (socket) => pour(socket.resume(), Buffer.alloc(65_536, 'x')),
  'sends a header that never ends': (socket) => {
    socket.resume().write('HTTP/1.1 101 Switching Protocols\r\nX-Long: ');
    pour(socket, Buffer.alloc(65_536, 'x'));
  },
  'sends a frame of 10 GB': accepting((socket) => {
    socket.resume().write(length64(10_000_000_000n));
    pour(socket, Buffer.alloc(65_536, 'x'));
  }),
  'sends short messages without end': accepting((socket) =>
    pour(socket.resume(), repeat([0x81, 2, 0x68, 0x69])),
  ),
  'pings without end, and reads no pong': accepting((socket) =>
    pour(socket.pause(), repeat([0x89, 4, 1, 2, 3, 4])),
  ),
};

const figure = (pid: number, name: string): number => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
};

for (const [what, treat] of Object.entries(HOSTILE)) {
  t.test(`an origin that ${what}`, async (t) => {
    const sockets = new Set<Socket>();
    let before = 0;
    let most = 0;
    const measure = () => {
      const pid = run.child.pid!;
      if (sockets.size > 0) before ||= figure(pid, 'VmRSS');
      most = Math.max(most, figure(pid, 'VmHWM'));
    };
    const server = createServer((socket) => {
      sockets.add(socket);
      measure();
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
      treat(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const run = spawned(
      t,
      [
        ...['run', '--origin', `ws://127.0.0.1:${port}/`, '--idle', '300'],
        ...['--checks', 'opening', '--checks', 'limits/fragmented'],
      ],
      { node: ['--max-old-space-size=256'] },
    );
    const timer = setInterval(measure, 50);
    const { code, signal } = await run.ended;
    clearInterval(timer);
    for (const socket of sockets) socket.destroy();
    server.close();
    t.ok([0, 1, 3].includes(code ?? -1), run.out() + run.err());
    t.equal(signal, null);
    const { findings, partial } = run.run();
    t.equal(partial, undefined);
    const errors = findings.filter(({ outcome }) => outcome === 'error');
    t.same(
      errors.map(({ id, message }) => `${id}: ${message}`),
      [],
    );
    if (before > 0) t.ok(most - before < MOST_GROWN, `grown by ${Math.round((most - before) / MIB)} MiB`);
    t.same(tracesOf(run.tmp), { processes: [], folders: [] });
  });
}
