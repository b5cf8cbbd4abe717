import { compressing, deflated, quiet } from '../testing/conversations.js';
import { DOWN, judge, socket, UP } from '../testing/judge.js';
import { ask, bare, cutAt, masked, replacing } from '../testing/path.js';

judge([
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
]);
