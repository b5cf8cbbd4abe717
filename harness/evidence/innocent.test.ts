import t from 'tap';
import { Deflater } from '../protocol/index.js';
import { type BlameOptions, blame } from './blame.js';
import { compareHop } from './compare.js';
import type { Side } from './side.js';
import {
  ask,
  bare,
  CLOSE_1000,
  type Fault,
  give,
  HOPS,
  type Item,
  late,
  masked,
  pathOfThree,
  replacing,
  rewriting,
} from './testing/path.js';
import { type Step, sideFrom } from './testing/side.js';

const UP: readonly Item[] = [
  [0, ask('Sec-WebSocket-Extensions: permessage-deflate\r\n')],
  [
    100,
    Buffer.concat([masked('text', 'he', { fin: false }), masked('ping', 'p'), masked('continuation', 'llo')]),
  ],
  [3000, masked('close', CLOSE_1000)],
  [3030, 'FIN'],
];
const DOWN: readonly Item[] = [
  [10, give('Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n')],
  [110, bare('pong', 'p')],
  [111, bare('text', new Deflater().deflate(Buffer.from('hello')), { rsv: 4 })],
  [3010, bare('close', CLOSE_1000)],
  [3020, 'FIN'],
];
/** Rewrites what follows the head as well. */
const withHead = (head: (items: Item[]) => Item[], rest: (items: Item[]) => Item[]) => (items: Item[]) => [
  ...head(items.slice(0, 1)),
  ...rest(items.slice(1)),
];

const HARMLESS: readonly {
  name: string;
  fault: Fault;
  kinds: string[];
  says: RegExp;
  client?: readonly Item[];
  origin?: readonly Item[];
}[] = [
  {
    name: 'headers that say who is there',
    fault: {
      up: rewriting(
        ['\r\n\r\n', '\r\nVia: 1.1 squid\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n'],
        ['gauntlet.test', 'origin:80'],
      ),
    },
    kinds: ['header-added', 'header-rewritten'],
    says: /added `Via` and `X-Forwarded-For`/,
  },
  {
    name: 'headers in another case and order',
    fault: {
      up: rewriting(
        ['Upgrade: websocket\r\nConnection: Upgrade\r\n', 'connection: upgrade\r\nupgrade: websocket\r\n'],
        ['Connection: ', 'connection: '],
      ),
    },
    kinds: ['header-recased', 'header-rewritten', 'headers-reordered'],
    says: /put the headers in another order/,
  },
  {
    name: 'Connection with more in it',
    fault: { up: rewriting(['Connection: Upgrade', 'Connection: keep-alive, upgrade']) },
    kinds: ['header-rewritten'],
    says: /rewrote `Connection`/,
  },
  {
    name: 'the target with scheme and host',
    fault: { up: rewriting(['GET /echo', 'GET http://gauntlet.test/echo']) },
    kinds: ['target-changed'],
    says: /wrote the target with scheme and host instead of as a path/,
  },
  {
    name: 'fragments merged, with another mask',
    fault: {
      up: replacing(
        1,
        Buffer.concat([masked('ping', 'p', { mask: Uint8Array.of(9, 9, 9, 9) }), masked('text', 'hello')]),
      ),
    },
    kinds: ['frames-merged', 'frames-remasked'],
    says: /merged the 2 frames of a message from the client into one/,
  },
  {
    name: 'a message split',
    fault: {
      down: replacing(
        2,
        Buffer.concat([
          bare('text', new Deflater().deflate(Buffer.from('hello')).subarray(0, 3), { rsv: 4, fin: false }),
          bare('continuation', new Deflater().deflate(Buffer.from('hello')).subarray(3)),
        ]),
      ),
    },
    kinds: ['frames-split'],
    says: /split a message from behind it into 2 frames where it had 1/,
  },
  {
    name: 'compression ended',
    fault: {
      down: withHead(
        rewriting([/Sec-WebSocket-Extensions: .*\r\n/, '']),
        replacing(1, bare('text', 'hello')),
      ),
    },
    kinds: ['header-dropped', 'compression-changed'],
    says: /decompressed messages from behind it/,
  },
  {
    name: 'the handshake made anew, with a key of its own',
    fault: {
      up: rewriting(['dGhlIHNhbXBsZSBub25jZQ==', 'AAAAAAAAAAAAAAAAAAAAAA==']),
      // The origin's answer to that key becomes the answer to the client's.
      down: rewriting(['ICX+Yqv66kxgM0FcWaLWlFLwTAI=', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=']),
    },
    kinds: ['header-rewritten'],
    says: /rewrote `Sec-WebSocket-Key`/,
    origin: DOWN.map(
      ([at, what]): Item => [
        at,
        typeof what === 'string'
          ? what.replace('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=', 'ICX+Yqv66kxgM0FcWaLWlFLwTAI=')
          : what,
      ],
    ),
  },
  {
    name: 'pings and pongs of its own',
    fault: {
      up: (items) => [...items.slice(0, 2), [2000, masked('ping', 'mine')], ...items.slice(2)],
      down: (items) => [...items.slice(0, 3), [2500, bare('pong', '')], ...items.slice(4)],
    },
    origin: [...DOWN.slice(0, 3), [2010, bare('pong', 'mine')], ...DOWN.slice(3)],
    kinds: ['message-added'],
    says: /sent a ping of its own to what is behind it; sent a pong of its own to the client/,
  },
  {
    name: 'a Close that it answers itself, and passes on',
    fault: {
      down: (items) => [...items.slice(0, 3), [3002, bare('close', CLOSE_1000)], [3003, 'FIN']],
    },
    kinds: [],
    says: /passed everything on as it came/,
  },
  {
    name: 'a little time',
    fault: { up: late(40), down: late(40) },
    kinds: [],
    says: /passed everything on as it came/,
  },
  {
    name: 'other pieces',
    fault: {
      up: (items) =>
        items.flatMap(([at, what]) =>
          typeof what === 'string'
            ? [[at, what]]
            : [...what].map((octet): Item => [at, Uint8Array.of(octet)]),
        ) as Item[],
    },
    kinds: [],
    says: /passed everything on as it came/,
  },
  {
    name: 'half-close where the other side ended first, RST for FIN',
    client: [...UP.slice(0, 2), [3000, 'FIN']],
    origin: [...DOWN.slice(0, 3), [3010, 'FIN']],
    fault: { up: (items) => items.map(([at, what]) => [at, what === 'FIN' ? 'RST' : what]) },
    kinds: ['end-changed'],
    says: /made an RST of the client's FIN/,
  },
];

for (const { name, fault, kinds, says, client = UP, origin = DOWN } of HARMLESS) {
  t.test(`no blame for ${name}`, (t) => {
    for (const index of [0, 1, 2]) {
      const points = pathOfThree(client, origin, index, fault);
      t.equal(blame(points, HOPS)?.why, undefined);
      const report = compareHop(points[index] as Side, points[index + 1] as Side, HOPS[index]!);
      for (const kind of kinds)
        t.ok(
          report.differences.some((one) => one.kind === kind),
          `${kind} is told`,
        );
      if (kinds.length === 0) t.same(report.differences, []);
      t.match(report.sentence, says);
      const about: BlameOptions = { about: report.differences.slice(0, 1).map(({ kind }) => kind) };
      t.equal(
        blame(points, HOPS, about)?.hop,
        kinds.length > 0 ? HOPS[index] : undefined,
        'but it is found when asked after',
      );
    }
    t.end();
  });
}

const sides = (names: readonly string[], ...all: (readonly Step[])[]) =>
  all.map((steps, index) => sideFrom(names[index]!, steps, 20_000));

t.test('messages under way when the client left were not lost', (t) => {
  const path = pathOfThree(
    [
      [0, ask()],
      [500, masked('text', 'bye')],
      [501, 'FIN'],
    ],
    [
      [10, give()],
      [499, bare('text', 'news')],
      [505, 'FIN'],
    ],
    1,
    { up: replacing(1), down: replacing(1) },
  );
  // The FIN came out after it, so what the client said is lost; what was for the client nobody was there to take.
  t.match(blame(path, HOPS), { hop: 'second', why: /dropped a text from the client/ });
  const differences = compareHop(path[1] as Side, path[2] as Side, 'second').differences;
  t.notOk(differences.some(({ way }) => way === 'down'));
  t.end();
});

t.test('nobody is blamed for what the client did', (t) => {
  const left = pathOfThree(
    [
      [0, ask()],
      [20, 'RST'],
    ],
    [[100, 'FIN']],
  );
  t.equal(blame(left, HOPS), undefined);
  const gone = pathOfThree(
    [
      [0, ask()],
      [500, 'RST'],
    ],
    [
      [10, give()],
      [510, 'RST'],
    ],
  );
  t.equal(blame(gone, HOPS), undefined);
  const posed = pathOfThree(
    [[0, 'GET /none HTTP/1.1\r\nHost: a\r\n\r\n']],
    [[10, 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n']],
  );
  t.equal(blame(posed, HOPS), undefined);
  t.equal(blame([undefined, undefined], ['nginx']), undefined, 'nothing happened');
  t.end();
});

t.test('the origin is named for what it did itself', (t) => {
  const refused = pathOfThree(
    [
      [0, ask()],
      [50, 'FIN'],
    ],
    [[10, 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n']],
  );
  t.match(blame(refused, HOPS), {
    hop: 'origin',
    why: /answered 403 to what reached it as the client had sent it/,
  });
  const silent = pathOfThree(
    [
      [0, ask()],
      [3000, 'FIN'],
    ],
    [],
  );
  t.match(blame(silent, HOPS), { hop: 'origin', why: /gave no answer within 3,000 ms/ });
  const dropped = pathOfThree(
    [[0, ask()]],
    [
      [10, give()],
      [500, 'RST'],
    ],
  );
  t.match(blame(dropped, HOPS), { hop: 'origin', why: /ended the WebSocket with an RST and no Close frame/ });
  const hungUp = pathOfThree([[0, ask()]], [[10, 'FIN']]);
  t.match(blame(hungUp, HOPS), { hop: 'origin', why: /ended the connection \(a FIN\) without an answer/ });
  const closed = pathOfThree(
    [[0, ask()]],
    [
      [10, give()],
      [500, bare('close', Uint8Array.of(3, 0xea))],
      [501, 'FIN'],
    ],
  );
  t.equal(blame(closed, HOPS), undefined, 'a Close says itself why');
  const [direct] = pathOfThree(
    [[0, ask()]],
    [
      [10, give()],
      [500, 'FIN'],
    ],
  );
  t.match(blame([direct], []), { hop: 'origin' }, 'without any hop');
  t.end();
});

t.test('what is behind a hop was not there', (t) => {
  const unreachable = (name: string): Side => {
    const side = sideFrom(name, [], 20_000);
    return { ...side, down: { pieces: [], ends: [{ how: 'rst', at: 3, why: 'ECONNREFUSED' }] } };
  };
  const [answered] = sides(
    ['client → nginx'],
    [
      [0, 'up', ask()],
      [10, 'down', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'],
    ],
  );
  t.match(blame([answered, unreachable('nginx → origin')], ['nginx']), {
    hop: 'origin',
    why: /could not be reached \(ECONNREFUSED\)/,
  });
  const report = compareHop(answered!, unreachable('nginx → origin'), 'nginx');
  t.match(
    report.sentence,
    /nginx answered 502 itself as what is behind it could not be reached \(ECONNREFUSED\)\./,
  );
  t.match(blame([answered, unreachable('nginx → squid'), undefined], ['nginx', 'squid']), { hop: 'squid' });
  t.end();
});

t.test('a cause comes before what followed from it', (t) => {
  const stripping = { up: rewriting(['Upgrade: websocket\r\n', '']) };
  const first = pathOfThree([[0, ask()]], [], 0, stripping);
  const refusing = pathOfThree(
    [[0, ask()]],
    [[10, 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n']],
    0,
    stripping,
  );
  // The second hop refuses what the first has mangled.
  t.match(blame([refusing[0], refusing[1], undefined, undefined], HOPS), {
    hop: 'first',
    why: /dropped `Upgrade`/,
  });
  t.match(blame([first[0], 'unrecorded', first[2], undefined], HOPS), { hop: 'first or second' });
  t.match(blame([refusing[0], 'unrecorded', 'unrecorded', 'unrecorded'], HOPS), {
    hop: 'first or second or third or origin',
  });
  t.throws(() => blame([first[0]], HOPS), RangeError);
  t.throws(() => blame(['unrecorded', first[1]], ['first']), RangeError);
  t.end();
});

t.test('what nginx does by default, as data and as a sentence', (t) => {
  const [before, after] = sides(
    ['client → nginx', 'nginx → origin'],
    [
      [0, 'up', ask('Cookie: sid=secret\r\n')],
      [20, 'down', 'HTTP/1.1 426 Upgrade Required\r\nServer: nginx\r\nContent-Length: 0\r\n\r\n'],
    ],
    [
      [
        5,
        'up',
        ask('Cookie: sid=other\r\n')
          .replace('HTTP/1.1', 'HTTP/1.0')
          .replace('Upgrade: websocket\r\nConnection: Upgrade', 'Connection: close'),
      ],
      [10, 'down', 'HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n'],
    ],
  );
  const report = compareHop(before!, after!, 'nginx');
  t.equal(
    report.sentence,
    'nginx spoke HTTP/1.0 instead of HTTP/1.1 to what is behind it; dropped `Upgrade`; rewrote `Connection`; ' +
      'rewrote `Cookie`; added `Server` in the answer; what is behind it saw HTTP/1.0 and answered 426.',
  );
  t.match(report.measured, {
    stripped: 'Upgrade',
    rewritten: 'Connection, Cookie',
    delayUpMs: 5,
    delayDownMs: 10,
  });
  const cookie = report.differences.find(({ name }) => name === 'Cookie')!;
  t.match(cookie, { in: 'Cookie: [redacted]', out: 'Cookie: [redacted]', harm: 'none' });
  t.end();
});

t.test('tunnels that begin and end at a hop', (t) => {
  const CONNECT = 'CONNECT gauntlet.test:80 HTTP/1.1\r\nHost: gauntlet.test:80\r\n\r\n';
  const GRANTED = 'HTTP/1.1 200 Connection established\r\n\r\n';
  const inside: readonly Step[] = [
    [20, 'up', ask()],
    [30, 'down', give()],
    [40, 'up', masked('text', 'x')],
  ];
  const [outer, plain] = sides(
    ['client → squid', 'squid → origin'],
    [[0, 'up', CONNECT], [5, 'down', GRANTED], ...inside],
    inside.map(([at, way, what]): Step => [way === 'up' ? at + 1 : at - 1, way, what]),
  );
  const ended = compareHop(outer!, plain!, 'squid');
  t.same(
    ended.differences.map(({ kind }) => kind),
    ['tunnel-ended'],
  );
  t.equal(blame([outer, plain], ['squid']), undefined);
  const parent = compareHop(outer!, { ...outer!, name: 'squid → squid' }, 'squid');
  t.same(parent.differences, []);
  const begun = compareHop(
    { ...plain!, name: 'client → helper' },
    { ...outer!, name: 'helper → squid' },
    'helper',
    {
      slowMs: 1000,
    },
  );
  t.ok(begun.differences.some(({ kind }) => kind === 'tunnel-begun'));

  const [denied] = sides(
    ['client → squid'],
    [
      [0, 'up', CONNECT],
      [5, 'down', 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'],
    ],
  );
  t.match(blame([denied, undefined], ['squid']), { hop: 'squid', why: /answered 403 itself/ });
  // A hop that needs a tunnel and does not get one only tells of it.
  const [asking] = sides(
    ['client → helper'],
    [
      [0, 'up', ask()],
      [20, 'down', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'],
    ],
  );
  const chain = [asking, { ...denied!, name: 'helper → squid' }, undefined];
  t.match(blame(chain, ['helper', 'squid']), { hop: 'squid', why: /answered 403 itself/ });
  t.match(compareHop(asking!, denied!, 'helper').sentence, /after its own CONNECT was answered 403/);
  t.end();
});

t.test('TLS that is opened at a hop is compared where it is known', (t) => {
  const HELLO = Buffer.from('16030100050100000100', 'hex');
  const [wire, inside] = sides(
    ['client → nginx', 'nginx → origin'],
    [
      [0, 'up', HELLO],
      [5, 'down', '\x16\x03\x03\x00\x01x'],
    ],
    [
      [20, 'up', ask().replace('Upgrade: websocket\r\n', '')],
      [30, 'down', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'],
    ],
  );
  const closed = compareHop(wire!, inside!, 'nginx');
  t.equal(closed.opaque, 'TLS was not decrypted');
  t.same(
    closed.differences.map(({ kind }) => kind),
    ['tls-opened'],
  );
  const [{ up, down }] = sides(
    ['x'],
    [
      [15, 'up', ask()],
      [35, 'down', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'],
    ],
  ) as [Side];
  const open = { ...wire!, plain: { up, down } };
  const found = blame([open, inside], ['nginx']);
  t.match(found, { hop: 'nginx', why: /dropped `Upgrade`/, refs: [{ plain: true }, {}] });
  t.end();
});

t.test('hostile names and endless repetition stay small and inert', (t) => {
  const flood = Array.from({ length: 3000 }, (_, n): Step => [100 + n, 'up', masked('text', `${n}`)]);
  const [before, after] = sides(
    ['a', 'b'],
    [[0, 'up', ask('X-\x1b[31m<script>: 1\r\n')], [10, 'down', give()], ...flood],
    [
      [1, 'up', ask()],
      [9, 'down', give()],
      [5000, 'up', masked('text', '2999')],
    ],
  );
  const { sentence, differences } = compareHop(before!, after!, 'hop');
  t.match(
    differences,
    [
      { name: 'X-\\x1b[31m<script>', harm: 'none' },
      { kind: 'message-dropped', count: 2999 },
    ].map((one) => (one.kind ? one : { ...one, name: 'X-\\u001b[31m<script>' })),
  );
  t.equal(differences.find(({ kind }) => kind === 'message-dropped')!.refs.length, 8);
  t.match(sentence, /dropped a text from the client \(2,?999 times\)/);
  t.notMatch(sentence, '\x1b');
  t.end();
});
