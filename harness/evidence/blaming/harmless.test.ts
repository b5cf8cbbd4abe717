import t from 'tap';
import { Deflater } from '../../protocol/index.js';
import { type BlameOptions, blame } from '../blame.js';
import { compareHop } from '../compare.js';
import type { Side } from '../side.js';
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
} from '../testing/path.js';

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
