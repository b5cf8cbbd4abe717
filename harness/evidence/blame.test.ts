import t from 'tap';
import { blame } from './blame.js';
import { compareHop } from './compare.js';
import type { Side } from './side.js';
import { ask, bare, give, HOPS, masked, pathOfThree, replacing, rewriting } from './testing/path.js';
import { type Step, sideFrom } from './testing/side.js';

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
  t.equal(blame(['unrecorded', first[1]], ['first']), undefined);
  t.end();
});
