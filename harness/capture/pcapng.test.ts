import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import t from 'tap';
import { WebSocketServer } from 'ws';
import { createAuthority } from '../certificates.js';
import { startTap } from '../evidence/relay.js';
import { frame, requestHead, upgradeFields } from '../protocol/index.js';
import type { Conversation } from './capture.js';
import { KeyLog } from './key-log.js';
import { pcapng } from './pcapng.js';
import { CHECKED, needingTshark, open, STRANGE } from './testing/tshark.js';

const tshark = needingTshark();
const LOOPBACK = '127.0.0.1';

/** Handshake, a text and its echo, a ping and its pong, a Close, over whatever the stream is. */
async function converse(stream: net.Socket): Promise<void> {
  let seen = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    seen = Buffer.concat([seen, chunk]);
  });
  const until = async (what: () => boolean) => {
    while (!what()) await once(stream, 'data');
  };
  const fields = upgradeFields({ host: 'gauntlet.test', key: 'dGhlIHNhbXBsZSBub25jZQ==' });
  stream.write(requestHead({ target: '/echo?gauntlet=5f3a', fields }));
  await until(() => seen.includes('\r\n\r\n'));
  stream.write(frame({ opcode: 'text', payload: 'hello wireshark', mask: true }));
  await until(() => seen.includes('hello wireshark'));
  stream.write(frame({ opcode: 'ping', payload: 'p', mask: true }));
  await until(() => seen.includes(Buffer.from([0x8a, 1, 0x70])));
  stream.write(frame({ opcode: 'close', payload: Uint8Array.of(3, 0xe8), mask: true }));
  await once(stream, 'end');
  stream.end();
  await once(stream, 'close');
}

/** An echoing server, and a tap before it. */
async function echoBehindTap(t: Parameters<typeof open>[0], server: http.Server) {
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  const upstream = { host: LOOPBACK, port: (server.address() as AddressInfo).port };
  const tap = await startTap({ listen: { host: LOOPBACK, port: 0 }, upstream, segment: 'client → origin' });
  t.teardown(async () => {
    await tap[Symbol.asyncDispose]();
    server.close();
  });
  return tap;
}

const whenEnded = async (tap: Awaited<ReturnType<typeof startTap>>) => {
  while (!tap.connections.every(({ endedAt }) => endedAt))
    await new Promise((resolve) => setTimeout(resolve, 5));
};

t.test('a ws segment opens in tshark, with its Upgrade and frames', tshark, async (t) => {
  const tap = await echoBehindTap(t, http.createServer());
  const socket = net.connect({ ...tap.address, allowHalfOpen: true });
  await once(socket, 'connect');
  await converse(socket);
  await whenEnded(tap);
  const before = Date.now();
  const segments = [
    { name: 'client → origin', comment: 'client, then the origin', connections: tap.connections },
    { name: 'elsewhere', connections: [] },
  ];
  const ask = open(t, pcapng({ epochMs: performance.timeOrigin, comment: 'direct/ws › opening', segments }));

  t.same(await ask(STRANGE, ['frame.number', '_ws.col.Info'], CHECKED), [], 'nothing strange in it');
  const port = String(tap.upstream.port);
  // No "Decode As": Wireshark knows HTTP on any port when it sees it.
  t.match(await ask('http.request', ['frame.interface_name', 'http.upgrade', 'http.request.uri']), [
    ['client → origin', 'websocket', '/echo?gauntlet=5f3a'],
  ]);
  t.match(await ask('http.response', ['http.response.code']), [['101']]);
  t.same(await ask('websocket', ['tcp.dstport', 'websocket.opcode', 'websocket.mask']).then(inOrder(port)), [
    'to 1 1',
    'from 1 0',
    'to 9 1',
    'from 10 0',
    'to 8 1',
    'from 8 0',
  ]);
  const [[text = '', at = '0'] = []] = await ask('websocket.payload.text', [
    'websocket.payload.text',
    'frame.time_epoch',
  ]);
  t.equal(text, 'hello wireshark');
  t.ok(Math.abs(Number(at) * 1000 - before) < 60_000, 'on the wall clock');
  t.equal((await ask('tcp.flags.syn == 1', ['frame.comment']))[0]![0], 'connection 1');
  t.equal((await ask('tcp.flags.fin == 1', ['frame.number'])).length, 2);
});

const inOrder = (port: string) => (rows: string[][]) =>
  rows.map(
    ([to, opcode, mask]) =>
      `${to === port ? 'to' : 'from'} ${Number(opcode)} ${mask === '1' || mask === 'True' ? 1 : 0}`,
  );

t.test('a wss segment opens with the secrets inside', tshark, async (t) => {
  const authority = await createAuthority();
  const { cert, key } = authority.leaf(['gauntlet.test']);
  const tap = await echoBehindTap(t, https.createServer({ cert, key }));
  const keyLog = new KeyLog();
  const socket = tls.connect({
    ...tap.address,
    servername: 'gauntlet.test',
    ca: authority.ca,
    minVersion: 'TLSv1.3',
  });
  socket.on('keylog', (line) => keyLog.add(line));
  await once(socket, 'secureConnect');
  await converse(socket);
  await whenEnded(tap);
  const capture = {
    epochMs: performance.timeOrigin,
    segments: [{ name: 'client → origin', connections: tap.connections }],
  };

  const ask = open(t, pcapng({ ...capture, secrets: keyLog.text() }));
  t.same(await ask(STRANGE, ['frame.number', '_ws.col.Info'], CHECKED), []);
  t.match(await ask('tls.handshake.type == 1', ['tls.handshake.extensions_server_name']), [
    ['gauntlet.test'],
  ]);
  t.match(await ask('http.request', ['http.upgrade']), [['websocket']]);
  t.match(await ask('websocket.payload.text', ['websocket.payload.text']), [
    ['hello wireshark'],
    ['hello wireshark'],
  ]);
  const opcodes = (await ask('websocket', ['websocket.opcode'])).map(([opcode]) => Number(opcode));
  t.same(opcodes, [1, 1, 9, 10, 8, 8]);

  const closed = open(t, pcapng(capture));
  t.same(await closed('websocket', ['frame.number']), [], 'and stays shut without them');
});

const v6 = { client: { host: '::1', port: 40000 }, upstream: { host: '2001:db8::ffff:1', port: 80 } };
const mixed = { client: { host: '127.0.0.1', port: 40001 }, upstream: { host: '::1', port: 80 } };

t.test('IPv6, resets, refusals and what was not kept', tshark, async (t) => {
  const opened = [
    { at: 1, from: 'client', kind: 'open', offset: 0, length: 0 },
    { at: 2, from: 'server', kind: 'open', offset: 0, length: 0 },
  ] as const;
  const data = (at: number, offset: number, bytes: Uint8Array, comment?: string) =>
    ({
      at,
      from: 'client',
      kind: 'data',
      offset,
      length: bytes.length,
      bytes,
      ...(comment && { comment }),
    }) as const;
  const connections: Conversation[] = [
    {
      id: 1,
      ...v6,
      events: [
        ...opened,
        data(3, 0, Buffer.alloc(3000, 1), 'the first part'),
        { at: 4, from: 'client', kind: 'data', offset: 3000, length: 5_000_000_000 },
        data(5, 5_000_003_000, Buffer.alloc(10, 2)),
        { at: 6, from: 'server', kind: 'rst', offset: 0, length: 0 },
      ],
    },
    {
      id: 2,
      ...mixed,
      comment: 'refused',
      events: [opened[0], { at: 2.5, from: 'server', kind: 'rst', offset: 0, length: 0 }],
    },
    {
      id: 3,
      client: { host: 'no address', port: 1 },
      upstream: { host: '10.0.0.1', port: 2 },
      events: opened,
    },
    { id: 4, ...mixed, events: [] },
  ];
  const ask = open(t, pcapng({ epochMs: 1_700_000_000_000.5, segments: [{ name: 'a', connections }] }));
  t.same(await ask('_ws.malformed || tcp.checksum.status != 1', ['frame.number'], CHECKED), []);
  t.same(await ask('tcp.len > 0', ['ipv6.dst', 'tcp.len', 'tcp.seq', 'frame.comment']), [
    ['2001:db8::ffff:1', '1440', '1', 'the first part'],
    ['2001:db8::ffff:1', '1440', '1441', ''],
    ['2001:db8::ffff:1', '120', '2881', ''],
    // 3,001 + 5,000,000,000, modulo 2³².
    ['2001:db8::ffff:1', '10', '705035705', ''],
  ]);
  t.same(await ask('tcp.analysis.lost_segment', ['tcp.len']), [['10']], 'what was not kept shows as a gap');
  t.same(await ask('tcp.flags.reset == 1', ['ipv6.src', 'ipv6.dst', 'frame.time_epoch']), [
    ['::1', '::ffff:127.0.0.1', '1700000000.003000000'],
    ['2001:db8::ffff:1', '::1', '1700000000.006500000'],
  ]);
  t.same(await ask('tcp.port == 40001', ['tcp.flags', 'frame.comment']), [
    ['0x0002', 'refused: connection 2'],
    ['0x0014', ''],
  ]);
  t.same((await ask('ip.src == 0.0.0.0', ['ip.dst']))[0], ['10.0.0.1']);
});
