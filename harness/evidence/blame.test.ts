import t from 'tap';
import { Deflater } from '../protocol/index.js';
import { blame } from './blame.js';
import {
  ask,
  bare,
  CLOSE_1000,
  cutAt,
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

interface Case {
  name: string;
  client: readonly Item[];
  origin: readonly Item[];
  fault: Fault;
  kind: string;
  why: RegExp;
  /** What the origin would have sent without the fault, and the client. */
  sound?: { client?: readonly Item[]; origin?: readonly Item[] };
}

// A sound conversation: handshake, a text and its echo, a ping and its pong, another echo, a Close both ways.
const UP: readonly Item[] = [
  [0, ask()],
  [100, masked('text', 'one')],
  [1000, masked('ping', 'p1')],
  [2000, masked('text', 'two')],
  [3000, masked('text', 'three')],
  [5000, masked('close', CLOSE_1000)],
  [5030, 'FIN'],
];
const DOWN: readonly Item[] = [
  [10, give()],
  [110, bare('text', 'one')],
  [1010, bare('pong', 'p1')],
  [2010, bare('text', 'two')],
  [3010, bare('text', 'three')],
  [5010, bare('close', CLOSE_1000)],
  [5020, 'FIN'],
];
const socket = { client: UP, origin: DOWN };
const nothing = () => [];
const status = (line: string) => `HTTP/1.1 ${line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
/** The client was refused, and leaves. */
const asked: readonly Item[] = [
  [0, ask()],
  [50, 'FIN'],
];
const refusal = (line: string): readonly Item[] => [
  [10, status(line)],
  [11, 'FIN'],
];
const opening = { client: UP, origin: DOWN };
const refused = (line: string) => ({ client: asked, origin: refusal(line), sound: opening });
const itself = (text: string): Fault => ({
  up: nothing,
  down: () => [
    [30, text],
    [31, 'FIN'],
  ],
});

const deflated = new Deflater({ takeover: false }).deflate(Buffer.from('compressed text'));
const OFFER = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';
const TERMS = 'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n';
const compressing = {
  client: [[0, ask(OFFER.replace('deflate', 'deflate; server_no_context_takeover'))]] as Item[],
  origin: [
    [10, give(TERMS)],
    [100, bare('text', deflated, { rsv: 4 })],
    [200, bare('text', deflated, { rsv: 4 })],
  ] as Item[],
};

const poll: readonly Item[] = [[0, 'GET /poll HTTP/1.1\r\nHost: gauntlet.test\r\n\r\n']];
const EVENTS = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
const event = (n: number) => `9\r\ndata: ${n}\n\n\r\n`;
const stream: readonly Item[] = [
  [10, EVENTS],
  ...[1, 2, 3, 4].map((n): Item => [n * 400, event(n)]),
  [2000, '0\r\n\r\n'],
];
const fixed = (body: string): readonly Item[] => [
  [10, `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`],
  [20, body],
];

const HELLO = Buffer.from('16030100050100000100', 'hex');
const tls = {
  client: [
    [0, HELLO],
    [500, '\x17\x03\x03\x00\x04abcd'],
    [4000, 'FIN'],
  ] as Item[],
  origin: [
    [10, '\x16\x03\x03\x00\x04wxyz'],
    [510, '\x17\x03\x03\x00\x04efgh'],
    [4010, 'FIN'],
  ] as Item[],
};

const quiet = {
  client: [
    [0, ask()],
    [100, masked('text', 'one')],
    [9000, 'FIN'],
  ] as Item[],
  origin: [
    [10, give()],
    [110, bare('text', 'one')],
    [9010, 'FIN'],
  ] as Item[],
};
/** Both ends answer a cut at 2,000 ms. */
const told = {
  client: [...quiet.client.slice(0, 2), [2100, 'FIN']] as Item[],
  origin: [...quiet.origin.slice(0, 2), [2100, 'FIN']] as Item[],
  sound: quiet,
};

const CASES: readonly Case[] = [
  // What nginx does unless it is told otherwise, and what a stripper does.
  {
    name: 'Upgrade and Connection dropped, HTTP/1.0 spoken',
    ...refused('426 Upgrade Required'),
    fault: {
      up: rewriting(
        ['HTTP/1.1', 'HTTP/1.0'],
        ['Upgrade: websocket\r\n', ''],
        ['Connection: Upgrade', 'Connection: close'],
      ),
    },
    kind: 'version-changed',
    why: /spoke HTTP\/1\.0 instead of HTTP\/1\.1/,
  },
  {
    name: 'Upgrade dropped',
    ...refused('400 Bad Request'),
    fault: { up: rewriting(['Upgrade: websocket\r\n', '']) },
    kind: 'header-dropped',
    why: /dropped `Upgrade`\.$/,
  },
  {
    name: 'Connection rewritten',
    ...refused('400 Bad Request'),
    fault: { up: rewriting(['Connection: Upgrade', 'Connection: keep-alive']) },
    kind: 'header-rewritten',
    why: /rewrote `Connection`/,
  },
  {
    name: 'the key dropped',
    ...refused('400 Bad Request'),
    fault: { up: rewriting([/Sec-WebSocket-Key: .*\r\n/, '']) },
    kind: 'header-dropped',
    why: /dropped `Sec-WebSocket-Key`/,
  },
  {
    name: 'the version rewritten',
    ...refused('426 Upgrade Required'),
    fault: { up: rewriting(['Version: 13', 'Version: 8']) },
    kind: 'header-rewritten',
    why: /rewrote `Sec-WebSocket-Version`/,
  },
  {
    name: 'the method changed',
    ...refused('405 Method Not Allowed'),
    fault: { up: rewriting(['GET ', 'POST ']) },
    kind: 'method-changed',
    why: /made POST of the method GET/,
  },
  {
    name: 'another path asked for',
    ...refused('404 Not Found'),
    fault: { up: rewriting(['GET /echo?', 'GET /app/echo?']) },
    kind: 'target-changed',
    why: /rewrote the target/,
  },
  {
    name: 'Authorization dropped',
    client: [
      [0, ask('Authorization: Basic c2VjcmV0\r\n')],
      [50, 'FIN'],
    ],
    origin: refusal('401 Unauthorized'),
    fault: { up: rewriting([/Authorization: .*\r\n/, '']) },
    kind: 'header-dropped',
    why: /dropped `Authorization`/,
    sound: { client: [[0, ask('Authorization: Basic c2VjcmV0\r\n')]], origin: DOWN.slice(0, 1) },
  },
  {
    name: 'Host rewritten',
    ...refused('421 Misdirected Request'),
    fault: { up: rewriting(['Host: gauntlet.test', 'Host: 127.0.0.1']) },
    kind: 'header-rewritten',
    why: /rewrote `Host`/,
  },
  {
    name: 'the subprotocol not asked for any more',
    client: [[0, ask('Sec-WebSocket-Protocol: chat\r\n')], ...UP.slice(1)],
    origin: DOWN,
    fault: { up: rewriting(['Sec-WebSocket-Protocol: chat\r\n', '']) },
    kind: 'header-dropped',
    why: /dropped `Sec-WebSocket-Protocol`/,
    sound: { origin: [[10, give('Sec-WebSocket-Protocol: chat\r\n')], ...DOWN.slice(1)] },
  },
  // Refused, reset, no answer.
  {
    name: 'refused by a rule of the hop',
    client: asked,
    origin: [],
    fault: itself(status('403 Forbidden')),
    kind: 'answered-by-hop',
    why: /answered 403 itself \(the request never came out of it\)/,
    sound: opening,
  },
  {
    name: 'an error of the hop',
    client: asked,
    origin: [],
    fault: itself(status('502 Bad Gateway')),
    kind: 'answered-by-hop',
    why: /answered 502 itself/,
    sound: opening,
  },
  {
    name: 'a 101 of its own',
    client: [...UP.slice(0, 2), [3000, 'FIN']],
    origin: [],
    fault: { up: nothing, down: () => [[10, give()]] },
    kind: 'answered-by-hop',
    why: /answered 101 itself/,
    sound: opening,
  },
  {
    name: 'the request reset',
    client: [[0, ask()]],
    origin: [],
    fault: { up: nothing, down: () => [[5, 'RST']] },
    kind: 'request-dropped',
    why: /ended the connection \(an RST\) without an answer/,
    sound: opening,
  },
  {
    name: 'the connection closed at once',
    client: asked,
    origin: [],
    fault: { up: nothing, down: () => [[5, 'FIN']] },
    kind: 'request-dropped',
    why: /ended the connection \(a FIN\) without an answer/,
    sound: opening,
  },
  {
    name: 'the request swallowed',
    client: [
      [0, ask()],
      [2000, 'FIN'],
    ],
    origin: [],
    fault: { up: nothing, down: nothing },
    kind: 'request-dropped',
    why: /gave no answer; the request never came out of it/,
    sound: opening,
  },
  {
    name: 'given up by the hop while the origin was at it',
    client: [
      [0, poll[0]![1]],
      [1600, 'FIN'],
    ],
    origin: [[1800, 'FIN']],
    fault: {
      up: (items) => [items[0]!, [1500, 'FIN']],
      down: () => [
        [1500, status('504 Gateway Timeout')],
        [1501, 'FIN'],
      ],
    },
    kind: 'answered-by-hop',
    why: /answered 504 itself when what is behind it had not answered for 1,\d+ ms/,
    sound: { client: poll, origin: [[3000, status('204 No Content')]] },
  },
  // Answers.
  {
    name: 'the answer swallowed',
    client: [
      [0, ask()],
      [2000, 'FIN'],
    ],
    origin: [
      [10, give()],
      [2100, 'FIN'],
    ],
    fault: { down: (items) => items.slice(1) },
    kind: 'answer-dropped',
    why: /did not pass on the answer 101/,
    sound: opening,
  },
  {
    name: 'the status changed',
    client: asked,
    origin: [
      [10, give()],
      [100, 'FIN'],
    ],
    fault: { down: rewriting(['101 Switching Protocols', '200 OK']) },
    kind: 'status-changed',
    why: /answered 200 where it was answered 101/,
    sound: opening,
  },
  {
    name: 'a refusal made polite',
    client: poll,
    origin: [[10, status('503 Service Unavailable')]],
    fault: { down: rewriting(['503 Service Unavailable', '200 OK']) },
    kind: 'status-changed',
    why: /answered 200 where it was answered 503/,
    sound: { origin: [[10, status('200 OK')]] },
  },
  {
    name: 'the accept value spoilt',
    client: asked,
    origin: [
      [10, give()],
      [100, 'FIN'],
    ],
    fault: { down: rewriting([/Sec-WebSocket-Accept: .*\r\n/, 'Sec-WebSocket-Accept: AAAA\r\n']) },
    kind: 'header-rewritten',
    why: /rewrote `Sec-WebSocket-Accept` in the answer/,
    sound: opening,
  },
  {
    name: 'Upgrade dropped from the answer',
    client: asked,
    origin: [
      [10, give()],
      [100, 'FIN'],
    ],
    fault: { down: rewriting(['Upgrade: websocket\r\n', '']) },
    kind: 'header-dropped',
    why: /dropped `Upgrade` in the answer/,
    sound: opening,
  },
  {
    name: 'compression agreed on behind the back of the client',
    ...compressing,
    fault: { down: rewriting([TERMS, '']) },
    kind: 'header-dropped',
    why: /dropped `Sec-WebSocket-Extensions` in the answer/,
  },
  // Messages.
  {
    name: 'a text of the client dropped',
    ...socket,
    fault: { up: replacing(3) },
    kind: 'message-dropped',
    why: /dropped a text from the client/,
  },
  {
    name: 'a text of the origin dropped',
    ...socket,
    fault: { down: replacing(1) },
    kind: 'message-dropped',
    why: /dropped a text from behind it/,
  },
  {
    name: 'everything of the origin dropped after the 101',
    ...quiet,
    fault: { down: (items) => [items[0]!, items.at(-1)!] },
    kind: 'message-dropped',
    why: /dropped a text from behind it/,
  },
  {
    name: 'a frame dropped that came with the request',
    client: [
      [0, Buffer.concat([Buffer.from(ask()), masked('text', 'early')])],
      [900, masked('text', 'late')],
    ],
    origin: DOWN.slice(0, 1),
    fault: { up: ([, ...rest]) => [[0, ask()], ...rest] },
    kind: 'message-dropped',
    why: /dropped a text from the client/,
  },
  {
    name: 'a text corrupted',
    ...socket,
    fault: { up: replacing(3, masked('text', 'twx')) },
    kind: 'message-changed',
    why: /changed a text from the client/,
  },
  {
    name: 'a text truncated',
    ...socket,
    fault: { down: replacing(4, bare('text', 'thr')) },
    kind: 'message-changed',
    why: /made 3 octets of a text of 5 from behind it/,
  },
  {
    name: 'a text made binary',
    ...socket,
    fault: { up: replacing(3, masked('binary', 'two')) },
    kind: 'message-changed',
    why: /made a binary of a text/,
  },
  {
    name: 'a text sent twice',
    ...socket,
    fault: { down: replacing(3, bare('text', 'two'), bare('text', 'two')) },
    kind: 'message-added',
    why: /sent a text from behind it again/,
  },
  {
    name: 'a text put in',
    ...socket,
    fault: { down: replacing(3, bare('text', 'two'), bare('text', 'buy!')) },
    kind: 'message-added',
    why: /sent a text of its own to the client/,
  },
  {
    name: 'an HTTP answer among the frames',
    ...socket,
    fault: {
      down: cutAt(
        2500,
        'HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 200\r\n\r\n'.padEnd(300, '.'),
        'FIN',
      ),
    },
    kind: 'message-added',
    why: /wrote an HTTP answer \(504\) into the WebSocket/,
  },
  {
    name: 'two texts in the wrong order',
    ...socket,
    fault: { up: (items) => [...items.slice(0, 3), items[4]!, [3100, items[3]![1]], ...items.slice(5)] },
    kind: 'messages-reordered',
    why: /come out of turn/,
  },
  {
    name: 'two messages joined',
    ...socket,
    fault: {
      down: (items) =>
        items.flatMap((item, index) =>
          index === 3 ? [] : index === 4 ? [[3010, bare('text', 'twothree')]] : [item],
        ),
    },
    kind: 'messages-joined',
    why: /made one message of 2 from behind it/,
  },
  {
    name: 'a message parted',
    ...socket,
    fault: { down: replacing(4, bare('text', 'th'), bare('text', 'ree')) },
    kind: 'message-parted',
    why: /made 2 messages of one from behind it/,
  },
  {
    name: 'the mask taken off',
    ...socket,
    fault: { up: replacing(3, bare('text', 'two')) },
    kind: 'masking-changed',
    why: /took the mask off frames from the client/,
  },
  {
    name: 'frames of the server masked',
    ...socket,
    fault: { down: replacing(3, masked('text', 'two')) },
    kind: 'masking-changed',
    why: /masked frames from behind it that were not/,
  },
  {
    name: 'RSV1 cleared on what is still compressed',
    ...compressing,
    fault: { down: replacing(1, bare('text', deflated)) },
    kind: 'bits-changed',
    why: /changed the RSV bits of frames from behind it from 4 to 0/,
  },
  // Pings.
  {
    name: 'a ping swallowed',
    client: UP,
    origin: DOWN.filter((_, index) => index !== 2),
    fault: { up: replacing(2) },
    kind: 'message-dropped',
    why: /dropped a ping from the client/,
    sound: { origin: DOWN },
  },
  {
    name: 'a ping answered by the hop',
    client: UP,
    origin: DOWN.filter((_, index) => index !== 2),
    fault: {
      up: replacing(2),
      down: (items) => [...items.slice(0, 2), [1005, bare('pong', 'p1')], ...items.slice(2)],
    },
    kind: 'ping-answered',
    why: /answered a ping from the client itself and did not pass it on/,
    sound: { origin: DOWN },
  },
  {
    name: 'a ping answered twice',
    ...socket,
    fault: { down: (items) => [...items.slice(0, 2), [1005, bare('pong', 'p1')], ...items.slice(2)] },
    kind: 'message-added',
    why: /answered a ping from the client itself although it passed it on/,
  },
  {
    name: 'a pong swallowed',
    ...socket,
    fault: { down: replacing(2) },
    kind: 'message-dropped',
    why: /dropped a pong from behind it/,
  },
  // Ends.
  {
    name: 'an idle connection cut with FIN',
    ...told,
    fault: { up: cutAt(2000, 'FIN'), down: cutAt(2000, 'FIN') },
    kind: 'cut',
    why: /ended the connection first, after 1,\d+ ms of silence: a FIN to the client, a FIN to what is behind it/,
  },
  {
    name: 'an idle connection cut with RST',
    ...told,
    fault: { up: cutAt(2000, 'RST'), down: cutAt(2000, 'RST') },
    kind: 'cut',
    why: /an RST to the client, an RST to what is behind it/,
  },
  {
    name: 'an idle connection cut with a Close',
    ...told,
    fault: {
      up: cutAt(2000, masked('close', Uint8Array.of(3, 0xe9)), 'FIN'),
      down: cutAt(2000, bare('close', Uint8Array.of(3, 0xe9)), 'FIN'),
    },
    kind: 'cut',
    why: /a Close 1001 to the client, a Close 1001 to what is behind it/,
  },
  {
    name: 'half of it cut: the origin is told nothing',
    ...told,
    origin: quiet.origin.slice(0, 2),
    fault: { up: cutAt(2000), down: cutAt(2000, 'FIN') },
    kind: 'cut',
    why: /a FIN to the client, nothing to what is behind it/,
  },
  {
    name: 'cut in the middle of a frame, after so many octets',
    ...told,
    fault: {
      up: (items) => [items[0]!, [100, masked('text', 'one').subarray(0, 4)], [101, 'FIN']],
      down: cutAt(101, 'FIN'),
    },
    kind: 'cut',
    why: /ended the connection first/,
  },
  {
    name: 'an end not passed on',
    client: quiet.client,
    origin: quiet.origin.slice(0, 2),
    fault: { up: (items) => items.filter(([, what]) => what !== 'FIN') },
    kind: 'end-dropped',
    why: /did not pass on the client's FIN/,
    sound: quiet,
  },
  {
    name: 'an end passed on late',
    ...quiet,
    origin: [...quiet.origin.slice(0, 2), [12_000, 'FIN']],
    fault: { up: (items) => items.map(([at, what]) => (what === 'FIN' ? [at + 2000, what] : [at, what])) },
    kind: 'end-delayed',
    why: /passed on the client's FIN 2,001 ms late/,
  },
  {
    name: 'the code of a Close changed',
    ...socket,
    fault: { up: replacing(5, masked('close', Uint8Array.of(3, 0xf2))) },
    kind: 'close-changed',
    why: /passed on a Close 1000 from the client as 1010/,
  },
  {
    name: 'a Close not passed on',
    client: [...UP.slice(0, 6), [7000, 'FIN']],
    origin: [...DOWN.slice(0, 5), [7100, 'FIN']],
    fault: { up: replacing(5) },
    kind: 'message-dropped',
    why: /did not pass on a Close 1000 from the client/,
    sound: socket,
  },
  // Time.
  {
    name: 'latency both ways',
    ...socket,
    fault: { up: late(400), down: late(400) },
    kind: 'delayed',
    why: /delayed what went up by 401 ms \(median of \d\)/,
  },
  {
    name: 'latency towards the client',
    ...socket,
    fault: { down: late(900) },
    kind: 'delayed',
    why: /delayed what went down by 901 ms/,
  },
  // Plain HTTP, for the fallbacks.
  {
    name: 'events held back until the last',
    client: poll,
    origin: stream,
    fault: { down: ([head, ...rest]) => [head!, ...rest.map(([, what]): Item => [2000, what])] },
    kind: 'body-buffered',
    why: /held the answer's body back for 1,(?:6\d\d|599) ms \(36 octets\)/,
  },
  {
    name: 'events held back for good',
    client: poll,
    origin: stream.slice(0, 3),
    fault: { down: ([head]) => [head!] },
    kind: 'body-buffered',
    why: /held the answer's body back for 19,\d+ ms \(18 octets\)/,
  },
  {
    name: 'an endless answer cut',
    client: [...poll, [1600, 'FIN']],
    origin: [...stream.slice(0, 3), [1700, 'FIN']],
    fault: { up: cutAt(1500, 'FIN'), down: cutAt(1500, 'FIN') },
    kind: 'cut',
    why: /ended the connection first, after (?:69\d|70\d) ms of silence/,
    sound: { client: poll, origin: stream },
  },
  {
    name: "an answer's body cut short",
    client: poll,
    origin: fixed('0123456789'),
    fault: { down: ([head]) => [head!, [20, '0123'], [21, 'FIN']] },
    kind: 'body-cut',
    why: /cut the answer's body short by 6 octets/,
  },
  {
    name: "an answer's body changed",
    client: poll,
    origin: fixed('0123456789'),
    fault: { down: ([head]) => [head!, [20, '0123x56789']] },
    kind: 'body-changed',
    why: /changed the answer's body/,
  },
  // What cannot be understood.
  {
    name: 'TLS reset',
    client: tls.client.slice(0, 1),
    origin: [],
    fault: { up: nothing, down: () => [[5, 'RST']] },
    kind: 'cut',
    why: /an RST to the client/,
    sound: tls,
  },
  {
    name: 'TLS octets lost',
    ...tls,
    fault: { up: (items) => [items[0]!, items[2]!] },
    kind: 'octets-lost',
    why: /lost 9 of 19 octets that went up/,
  },
  {
    name: 'TLS delayed',
    ...tls,
    fault: { down: late(700) },
    kind: 'delayed',
    why: /delayed what went down by 701 ms/,
  },
];

for (const { name, client, origin, fault, kind, why, sound } of CASES) {
  t.test(name, (t) => {
    for (const [index, hop] of HOPS.entries()) {
      const found = blame(pathOfThree(client, origin, index, fault), HOPS);
      t.match(found, { hop, kind, why }, `as the ${hop} of three: ${found?.why ?? 'nobody'}`);
      t.ok((found?.refs.length ?? 0) > 0, 'and the octets that show it');
    }
    const points = pathOfThree(sound?.client ?? client, sound?.origin ?? origin);
    t.equal(blame(points, HOPS)?.why, undefined, 'nobody, without the fault');
    t.end();
  });
}
