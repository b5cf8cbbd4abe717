import { createServer, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import type { Sighting, Site } from '../model.js';
import { serve } from '../origins/server.js';
import { acceptValue } from '../protocol/index.js';
import { dial } from './dial.js';

/** A TCP server that does as told, and the route to it. */
async function far(t: Test, act: (socket: Socket) => void) {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    act(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return { url: `ws://127.0.0.1:${(server.address() as { port: number }).port}` };
}

const keyIn = (head: Buffer) => /Sec-WebSocket-Key: (.*)\r\n/.exec(head.toString())![1]!;
const right = (key: string) =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptValue(key)}\r\n\r\n`;
/** Accepts the handshake, then does as told. */
const accepting = (act: (socket: Socket) => void) => (socket: Socket) =>
  socket.once('data', (head: Buffer) => {
    socket.write(right(keyIn(head)));
    act(socket);
  });

t.test('three silences', async (t) => {
  const refusing = await far(t, (socket) => socket.once('data', () => socket.end('HTTP/1.1 403 No\r\n\r\n')));
  await using refused = await dial(refusing);
  t.match(refused, { handshake: 'refused', answer: { status: 403, reason: 'No' }, conforms: false });
  await using reset = await dial(
    await far(t, (socket) => socket.once('data', () => socket.resetAndDestroy())),
  );
  t.match(reset, { handshake: 'reset', conforms: false });
  await using closed = await dial(await far(t, (socket) => socket.once('data', () => socket.end())));
  t.match(closed, { handshake: 'reset', failure: 'the connection was closed (FIN) without an answer' });
  await using silent = await dial(await far(t, (socket) => socket.resume()), { answerMs: 100 });
  t.match(silent, { handshake: 'no-answer', failure: 'no answer within 100 ms' });
  await using nobody = await dial({ url: 'ws://127.0.0.1:1' });
  t.match(nobody, { handshake: 'refused', failure: /ECONNREFUSED/ });
  t.notOk(nobody.peer);
});

t.test('a 101 is judged by what it says', async (t) => {
  await using wrong = await dial(
    await far(t, (socket) => socket.once('data', () => socket.write(right('dGhlIHNhbXBsZSBub25jZQ==')))),
  );
  t.match(wrong, { handshake: 'accepted', conforms: false });
  await using good = await dial(
    await far(
      t,
      accepting(() => {}),
    ),
  );
  t.match(good, { handshake: 'accepted', conforms: true });
  await using interim = await dial(
    await far(t, (socket) =>
      socket.once('data', (head: Buffer) =>
        socket.write(`HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${right(keyIn(head))}`),
      ),
    ),
  );
  t.match(interim, { handshake: 'accepted', conforms: true });
});

t.test('how a connection ended', async (t) => {
  const endings: [string, (socket: Socket) => void, object | undefined][] = [
    ['FIN', (socket) => socket.end(), { how: 'fin' }],
    ['RST', (socket) => setTimeout(() => socket.resetAndDestroy(), 30), { how: 'rst' }],
    [
      'Close',
      (socket) => socket.write(Buffer.from('88050fa1627965', 'hex')),
      { how: 'close', code: 4001, reason: 'bye' },
    ],
    ['nothing', () => {}, undefined],
  ];
  for (const [what, act, end] of endings) {
    await using made = await dial(await far(t, accepting(act)));
    t.match(await made.peer!.farewell(300), end, what);
  }
});

t.test('an answer that never ends is not taken for ever', async (t) => {
  const endless = await far(t, (socket) =>
    socket.once('data', () => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\n');
      const more = () => socket.writable && socket.write(`X-Filler: ${'a'.repeat(8000)}\r\n`, more);
      more();
    }),
  );
  await using made = await dial(endless);
  t.match(made, { handshake: 'refused', failure: /not HTTP/ });
});

t.test('a flood is not kept', async (t) => {
  const flood = await far(
    t,
    accepting((socket) => {
      const payload = Buffer.concat([Buffer.from('827f0000000000100000', 'hex'), Buffer.alloc(1 << 20)]);
      let left = 8;
      const more = () => left-- > 0 && socket.write(payload, more);
      more();
    }),
  );
  await using made = await dial(flood);
  const kept = await made.peer!.octets(8 << 20, 2000);
  t.equal(kept.length, 1 << 20);
});

t.test('through a forward proxy', async (t) => {
  const asked: string[] = [];
  const proxy = await far(t, (socket) =>
    socket.once('data', (head: Buffer) => {
      asked.push(head.toString('latin1').split('\r\n')[0]!);
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    }),
  );
  const route = { url: 'ws://192.0.2.1:81', proxy: proxy.url.replace('ws', 'http') };
  await using tunnel = await dial(route, { path: '/echo' });
  t.match(tunnel, {
    handshake: 'refused',
    proxyStatus: 403,
    failure: 'the proxy answered 403 to CONNECT 192.0.2.1:81',
  });
  await using get = await dial({ ...route, method: 'GET' }, { path: '/echo' });
  t.match(get, { handshake: 'refused', answer: { status: 403 } });
  t.match(asked, [
    'CONNECT 192.0.2.1:81 HTTP/1.1',
    /^GET http:\/\/192\.0\.2\.1:81\/echo\?gauntlet=[0-9a-f]{12} HTTP\/1\.1$/,
  ]);
});

t.test('one thing changed, everything else as it was', async (t) => {
  const seen: Sighting[] = [];
  const site = {
    listen: { host: '127.0.0.1', port: 0 },
    saw: (sighting: Sighting) => void seen.push(sighting),
  } as unknown as Site;
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  site.listen.port = (probe.address() as { port: number }).port;
  await new Promise((resolve) => probe.close(resolve));
  await using _origin = await serve(site, { tls: false, sins: new Set() });
  await using made = await dial(
    { url: `ws://127.0.0.1:${site.listen.port}` },
    {
      change: { 'sec-websocket-version': '12', upgrade: undefined },
      headers: [['X-Two', '2']],
      path: '/echo?x=1',
    },
  );
  t.equal(made.answer?.status, 426);
  t.equal(seen[0]?.head, made.sent, 'the origin saw what was sent, byte for byte');
  t.equal(seen[0]?.token, made.token);
  t.notMatch(made.sent, /^Upgrade:/im);
  t.match(made.sent, /^GET \/echo\?x=1&gauntlet=[0-9a-f]{12} HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\n/);
  t.match(made.sent, /Sec-WebSocket-Version: 12\r\n(.*\r\n)*X-Two: 2\r\n\r\n$/i);
});

t.test('the end of TCP behind a Close, and a client that answers nothing', async (t) => {
  const octets = (hex: string) => Buffer.from(hex, 'hex');
  const endings: [string, (socket: Socket) => void, string | undefined][] = [
    ['FIN', (socket) => socket.end(octets('88020fa1')), 'fin'],
    [
      'FIN later',
      (socket) => socket.write(octets('88020fa1'), () => setTimeout(() => socket.end(), 60)),
      'fin',
    ],
    [
      'RST',
      (socket) => socket.write(octets('88020fa1'), () => setTimeout(() => socket.resetAndDestroy(), 60)),
      'rst',
    ],
    ['nothing', (socket) => socket.write(octets('88020fa1')), undefined],
  ];
  for (const [what, act, how] of endings) {
    await using made = await dial(await far(t, accepting(act)));
    t.match(await made.peer!.farewell(300), { how: 'close', code: 4001 }, what);
    t.equal(await made.peer!.gone(300), how, what);
  }
  let heard = 0;
  const asking = accepting((socket) => {
    socket.on('data', () => heard++);
    setTimeout(() => socket.write(octets('890088020fa1')), 30);
  });
  await using made = await dial(await far(t, asking));
  made.peer!.hush();
  t.match(await made.peer!.farewell(300), { how: 'close' });
  t.equal(await made.peer!.gone(100), undefined);
  t.equal(heard, 0, 'neither a pong nor a Close was sent');
});
