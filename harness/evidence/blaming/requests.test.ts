import { DOWN, judge, status, UP } from '../testing/judge.js';
import { ask, give, type Item, rewriting } from '../testing/path.js';

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
judge([
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
    name: 'Connection put otherwise',
    ...refused('400 Bad Request'),
    fault: { up: rewriting(['Connection: Upgrade', 'Connection: keep-alive']) },
    kind: 'header-dropped',
    why: /dropped `Connection`/,
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
]);
