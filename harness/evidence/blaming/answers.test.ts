import { compressing, TERMS } from '../testing/conversations.js';
import { DOWN, judge, nothing, status, UP } from '../testing/judge.js';
import { ask, type Fault, give, type Item, rewriting } from '../testing/path.js';

/** The client was refused, and leaves. */
const asked: readonly Item[] = [
  [0, ask()],
  [50, 'FIN'],
];
const opening = { client: UP, origin: DOWN };
const poll: readonly Item[] = [[0, 'GET /poll HTTP/1.1\r\nHost: gauntlet.test\r\n\r\n']];
const itself = (text: string): Fault => ({
  up: nothing,
  down: () => [
    [30, text],
    [31, 'FIN'],
  ],
});

judge([
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
]);
