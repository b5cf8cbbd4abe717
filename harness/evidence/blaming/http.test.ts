import { judge, nothing } from '../testing/judge.js';
import { cutAt, type Item, late } from '../testing/path.js';

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

judge([
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
]);
