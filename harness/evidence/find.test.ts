import t from 'tap';
import { findIn, findPoint } from './find.js';
import type { TapConnection } from './tap-connection.js';

const connection = (id: number, openedAt: number, ...texts: readonly string[]): TapConnection => ({
  id,
  segment: 'a → b',
  openedAt,
  client: { host: '127.0.0.1', port: 1 },
  upstream: { host: '127.0.0.1', port: 2 },
  count: texts.length,
  events: texts.map((text, at) => ({
    at,
    from: 'client',
    kind: 'data',
    offset: 0,
    length: text.length,
    bytes: Buffer.from(text),
  })),
});

const idOf = (connections: readonly TapConnection[], token: string, lifetime: readonly [number, number]) => {
  const found = findIn({ connections, unrecorded: 0 }, token, lifetime);
  return found && found !== 'unrecorded' ? found.id : found;
};

t.test('by the token in a request target, wherever the pieces cut it', (t) => {
  const connections = [
    connection(1, 0, 'GET /echo?gauntlet=aa HTTP/1.1\r\n\r\n'),
    connection(2, 5, 'CONNECT a:1 HTTP/1.1\r\n\r\n', 'GET /echo?x=1&gaunt', 'let=bb HTTP/1.1\r\n\r\n'),
    connection(3, 9, 'GET /?gauntlet=cc HTTP/1.1\r\n\r\nGET /?gauntlet=dd HTTP/1.1\r\n\r\n'),
  ];
  t.equal(idOf(connections, 'bb', [0, 100]), 2);
  t.equal(idOf(connections, 'dd', [0, 100]), 3, 'a kept connection carries several');
  t.equal(idOf(connections, 'b', [0, 100]), undefined, 'a token is whole');
  t.end();
});

t.test('by its time, where nothing can be read', (t) => {
  const sealed = [
    { ...connection(1, 0, '\x16\x03\x01'), endedAt: 30 },
    { ...connection(2, 25, '\x16\x03\x01'), endedAt: 55 },
  ];
  t.equal(idOf(sealed, 'aa', [40, 60]), 2);
  t.equal(idOf(sealed, 'aa', [0, 60]), 'unrecorded', 'not where it may be either');
  t.equal(idOf(sealed, 'aa', [60, 70]), undefined);
  const named = [connection(1, 0, 'GET /?gauntlet=bb HTTP/1.1\r\n\r\n')];
  t.equal(idOf(named, 'aa', [0, 60]), undefined, "nor what is another's");
  t.end();
});

t.test('what cannot be told is not taken for nothing', (t) => {
  const sealed = [connection(1, 0, '\x16\x03\x01'), connection(2, 5, '\x16\x03\x01')];
  t.equal(findPoint({ connections: sealed, unrecorded: 0 }, 'aa', [0, 60]), 'unrecorded');
  t.match(findPoint({ connections: sealed.slice(1), unrecorded: 0 }, 'aa', [0, 60]), { openedAt: 5 });
  t.equal(findPoint({ connections: [], unrecorded: 0 }, 'aa', [0, 60]), undefined);
  t.equal(findPoint({ connections: [], unrecorded: 1 }, 'aa', [0, 60]), 'unrecorded');
  const named = [...sealed, connection(3, 7, 'GET /?gauntlet=aa HTTP/1.1\r\n\r\n')];
  t.match(findPoint({ connections: named, unrecorded: 9 }, 'aa', [0, 60]), { openedAt: 7 });
  t.end();
});
