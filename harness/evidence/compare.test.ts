import t from 'tap';
import { blame } from './blame.js';
import { compareHop } from './compare.js';
import type { Side } from './side.js';
import { ask, give, masked } from './testing/path.js';
import { type Step, sideFrom } from './testing/side.js';

const sides = (names: readonly string[], ...all: (readonly Step[])[]) =>
  all.map((steps, index) => sideFrom(names[index]!, steps, 20_000));

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
    'nginx spoke HTTP/1.0 instead of HTTP/1.1 to what is behind it; dropped `Upgrade` and `Connection`; ' +
      'rewrote `Cookie`; added `Server` in the answer; what is behind it saw HTTP/1.0 and answered 426.',
  );
  t.match(report.measured, {
    stripped: 'Upgrade, Connection',
    rewritten: 'Cookie',
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
