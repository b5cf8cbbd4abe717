import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { acceptValue } from '../protocol/index.js';
import { dial } from './dial.js';
import { ask } from './http.js';

const MIB = 1_048_576;
/** What is looked at, and what was on its way when that was enough. */
const MOST = 20 * MIB;

/** Writes a head and then for as long as the peer takes it; tells how much it took. */
async function pouring(t: Test, headOf: (key: string) => string | Buffer, octets: Buffer) {
  const taken = { octets: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.once('data', (chunk: Buffer) => {
      socket.resume();
      socket.write(headOf(/sec-websocket-key: *(\S+)/i.exec(chunk.toString('latin1'))?.[1] ?? ''));
      const more = () => {
        while (!socket.destroyed && socket.write(octets)) taken.octets += octets.length;
      };
      socket.on('drain', more);
      more();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, taken };
}

const switched = (key: string) =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptValue(key)}\r\n\r\n`;
const header = (octets: bigint) => {
  const bytes = Buffer.from([0x82, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  bytes.writeBigUInt64BE(octets, 2);
  return bytes;
};
const mebibyte = Buffer.concat([header(BigInt(MIB)), Buffer.alloc(MIB)]);

for (const [what, head, octets] of [
  [
    'a frame of ten gigabytes',
    (key: string) => Buffer.concat([Buffer.from(switched(key)), header(10_000_000_000n)]),
    Buffer.alloc(65_536),
  ],
  ['frames of a mebibyte without end', switched, mebibyte],
  [
    'octets that are no frames',
    (key: string) => `${switched(key)}\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff`,
    Buffer.alloc(65_536, 0xff),
  ],
] as const) {
  t.test(`${what}: it is listened to up to a bound, and nothing is judged by what is missing`, async (t) => {
    const { url } = await pouring(t, head, octets);
    await using made = await dial({ url });
    const { peer } = made;
    t.equal(made.conforms, true);
    await peer!.octets(MOST, 3000);
    const { heard } = peer!;
    t.ok(heard < MOST, `${heard} octets were heard`);
    await sleep(200);
    t.equal(peer!.heard, heard, 'and no more');
    await t.rejects(peer!.farewell(50), /floods its clients/);
  });
}

t.test('what comes is counted without an end where that was asked for', async (t) => {
  const { url } = await pouring(t, switched, mebibyte);
  await using made = await dial({ url });
  made.peer!.tally();
  await made.peer!.octets(2 * MOST, 5000);
  t.ok(made.peer!.heard >= 2 * MOST);
});

t.test('heads and bodies without end', async (t) => {
  const endless = await pouring(
    t,
    () => 'HTTP/1.1 101 Switching Protocols\r\nX-Long: ',
    Buffer.alloc(65_536, 'x'),
  );
  await using made = await dial({ url: endless.url });
  t.match(made, { handshake: 'refused', failure: /No head ends within 65536 octets/ });
  t.match(await ask({ url: endless.url }, '/'), { handshake: 'reset' });
  const body = await pouring(
    t,
    () => 'HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n',
    Buffer.alloc(65_536, 'x'),
  );
  const answer = await ask({ url: body.url }, '/', { withinMs: 5000 });
  t.match(answer, { status: 200, failure: 'the body is too large' });
  t.ok(answer.body.length < 5 * MIB);
});
