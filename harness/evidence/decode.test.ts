import fc from 'fast-check';
import t from 'tap';
import { acceptValue, Deflater, frame } from '../protocol/index.js';
import { holds } from '../testing/holds.js';
import { decode } from './decode.js';
import { octetsOf, sideFrom } from './testing/side.js';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const MASK = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const ASKED =
  'GET /echo?gauntlet=5f3a HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  `Sec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13\r\n`;
const GIVEN = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptValue(KEY)}\r\n`;

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

t.test('several exchanges on one connection, then a WebSocket', (t) => {
  const side = sideFrom('client → origin', [
    [1, 'up', 'POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\n\r\n'],
    [2, 'down', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
    [
      3,
      'down',
      'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n',
    ],
    [4, 'down', '2;x=y\r\nde\r\n0\r\nX: y\r\n\r\n'],
    [5, 'up', `${ASKED}\r\n`],
    [6, 'down', `${GIVEN}\r\n`],
    // RFC 6455 §5.7: a single-frame masked text, "Hello".
    [7, 'up', Uint8Array.of(0x81, 0x85, 0x37, 0xfa, 0x21)],
    [8, 'up', Uint8Array.of(0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58)],
    [9, 'down', Uint8Array.of(0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f)],
  ]);
  const crossing = decode(side);
  t.equal(crossing.protocol, 'websocket');
  t.same(
    crossing.exchanges.map(({ request, response, interim }) => [
      request?.head.target,
      response?.head.status,
      interim.map(({ head }) => head.status),
    ]),
    [
      ['/a', 200, []],
      ['/b', 200, [103]],
      ['/echo?gauntlet=5f3a', 101, []],
    ],
  );
  t.match(crossing.exchanges[0]!.body, { framing: 'length', length: 3, whole: true, at: 1 });
  t.match(crossing.exchanges[1]!.answer, {
    framing: 'chunked',
    length: 5,
    whole: true,
    at: 3,
    doneAt: 4,
    parts: [
      { content: 0, length: 3 },
      { content: 3, length: 2 },
    ],
  });
  const [hello] = crossing.socket!.up.messages;
  t.equal(text(hello!.content), 'Hello');
  t.match(hello, { kind: 'text', at: 7, doneAt: 8, whole: true, frames: [{ fin: true, length: 5 }] });
  t.same(hello!.frames[0]!.mask, MASK);
  const ref = { side: side.name, way: 'up', at: 7, offset: hello!.offset, length: hello!.size } as const;
  t.equal(Buffer.from(octetsOf(side, ref)).toString('hex'), '818537fa213d7f9f4d5158');
  const [back] = crossing.socket!.down.messages;
  t.match(back, { kind: 'text', at: 9, size: 9, frames: [{ fin: false }, { opcode: 0, fin: true }] });
  t.equal(text(back!.content), 'Hello');
  t.end();
});

t.test('compressed messages are inflated as agreed', (t) => {
  const deflater = new Deflater();
  const [one, two] = [deflater.deflate(Buffer.from('a message')), deflater.deflate(Buffer.from('a message'))];
  const side = sideFrom('s', [
    [1, 'up', `${ASKED}Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n`],
    [2, 'down', `${GIVEN}Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n`],
    [3, 'up', frame({ opcode: 'text', rsv: 4, payload: one, mask: MASK })],
    [4, 'up', frame({ opcode: 'text', rsv: 4, payload: two, mask: MASK })],
    [5, 'up', frame({ opcode: 'text', rsv: 4, payload: 'not deflate', mask: MASK })],
  ]);
  const { messages } = decode(side).socket!.up;
  t.same(
    messages.map(({ compressed, inflated, content }) => [compressed, inflated, text(content)]),
    [
      [true, true, 'a message'],
      [true, true, 'a message'],
      [true, false, 'not deflate'],
    ],
  );
  t.end();
});

t.test('CONNECT, and what is inside', (t) => {
  const side = sideFrom('client → squid', [
    [1, 'up', 'CONNECT gauntlet.test:80 HTTP/1.1\r\nHost: gauntlet.test:80\r\n\r\n'],
    [2, 'down', 'HTTP/1.1 200 Connection established\r\n\r\n'],
    [3, 'up', `${ASKED}\r\n`],
    [4, 'down', `${GIVEN}\r\n`],
    [5, 'down', frame({ opcode: 'close', payload: Uint8Array.of(3, 0xe8) })],
    [6, 'down', 'FIN'],
  ]);
  const crossing = decode(side);
  t.equal(crossing.protocol, 'tunnel');
  t.equal(crossing.exchanges[0]!.request!.head.target, 'gauntlet.test:80');
  t.equal(crossing.inner!.protocol, 'websocket');
  t.match(crossing.inner!.socket!.down.messages, [{ kind: 'close', code: 1000, at: 5 }]);
  t.match(crossing.side.down.ends, [{ how: 'fin', at: 6 }]);
  t.end();
});

t.test('octets that were not kept are crossed inside of one frame', (t) => {
  const side = (gap: number, size: number) =>
    sideFrom('s', [
      [1, 'up', `${ASKED}\r\n`],
      [2, 'down', `${GIVEN}\r\n`],
      [
        3,
        'down',
        Uint8Array.of(
          0x82,
          127,
          0,
          0,
          0,
          0,
          (size >> 24) & 255,
          (size >> 16) & 255,
          (size >> 8) & 255,
          size & 255,
          1,
          2,
          3,
        ),
      ],
      [4, 'down', gap],
      [5, 'down', Uint8Array.of(9, 9, 0x89, 0x00)],
    ]);
  const crossed = decode(side(1_000_000, 1_000_005)).socket!.down;
  t.match(crossed.frames, [
    { opcode: 2, length: 1_000_005, whole: true, at: 3, doneAt: 5 },
    { opcode: 9, length: 0, whole: true, at: 5 },
  ]);
  t.equal(crossed.frames[0]!.payload.length, 3);
  t.equal(crossed.unread, undefined);
  const lost = decode(side(1_000_000, 500)).socket!.down;
  t.match(lost.unread, { why: 'the octets were not kept' });
  const unfinished = decode(side(10, 5_000_000)).socket!.down;
  t.match(unfinished.frames, [{ whole: false, length: 5_000_000 }]);
  t.end();
});

t.test('what is no HTTP, and what is only begun', (t) => {
  t.equal(decode(sideFrom('s', [])).protocol, 'nothing');
  t.match(decode(sideFrom('s', [[1, 'up', '\x00\x01']])), { protocol: 'opaque', opaque: { up: 0 } });
  t.match(decode(sideFrom('s', [[1, 'up', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n']])), { protocol: 'http2' });
  t.match(decode(sideFrom('s', [[1, 'up', 'GET / HTTP/1.1\r\nHo']])), {
    protocol: 'opaque',
    opaque: { up: 0 },
  });
  const refused = decode(
    sideFrom('s', [
      [1, 'up', `${ASKED}\r\n`],
      [2, 'down', 'HTTP/1.1 426 Upgrade Required\r\nConnection: close\r\n\r\nno'],
      [3, 'up', 'SECRET /denied'],
    ]),
  );
  t.match(refused, { protocol: 'http', opaque: { up: ASKED.length + 2 } });
  t.match(refused.exchanges, [
    { response: { head: { status: 426 } }, answer: { framing: 'close', length: 2 } },
  ]);
  const unasked = decode(
    sideFrom('s', [[1, 'down', 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n']]),
  );
  t.match(unasked.exchanges, [{ request: undefined, response: { head: { status: 408 } } }]);
  const pipelined = decode(sideFrom('s', [[1, 'up', 'GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n']]));
  t.equal(pipelined.exchanges.length, 2);
  t.end();
});

t.test('frames past the bound are not read', (t) => {
  const side = sideFrom('s', [
    [1, 'up', `${ASKED}\r\n`],
    [2, 'down', `${GIVEN}\r\n`],
    [3, 'down', Buffer.alloc(200_000, Uint8Array.of(0x8a, 0))],
  ]);
  const { frames, unread } = decode(side).socket!.down;
  t.equal(frames.length, 4096);
  t.equal(unread!.why, 'there are too many frames');
  t.end();
});

t.test('nothing makes it throw', (t) => {
  const chunk = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.constantFrom(
      ...[`${ASKED}\r\n`, `${GIVEN}\r\n`, 'CONNECT a:1 HTTP/1.1\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n'].map(
        (text) => Buffer.from(text),
      ),
      Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffff\r\n'),
      Buffer.from('GET / HTTP/1.1\r\nContent-Length: 999999999999999\r\n\r\n'),
      Buffer.from([22, 3, 1, 0, 4, 1, 0, 0, 0]),
      Buffer.from([0x82, 127, 255, 255, 255, 255, 255, 255, 255, 255]),
      Buffer.from([0x82, 127, 0, 31, 255, 255, 255, 255, 255, 255]),
    ),
    fc.nat(1e9),
  );
  const steps = fc.array(fc.tuple(fc.constantFrom('up' as const, 'down' as const), chunk), { maxLength: 12 });
  holds(
    t,
    fc.property(steps, (steps) => {
      decode(
        sideFrom(
          's',
          steps.map(([way, what], at) => [at, way, what] as const),
        ),
      );
    }),
    { numRuns: 500 },
  );
  t.end();
});
