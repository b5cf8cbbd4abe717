import { quiet } from '../testing/conversations.js';
import { DOWN, judge, socket, UP } from '../testing/judge.js';
import { bare, cutAt, type Item, late, masked, replacing } from '../testing/path.js';

/** Both ends answer a cut at 2,000 ms. */
const told = {
  client: [...quiet.client.slice(0, 2), [2100, 'FIN']] as Item[],
  origin: [...quiet.origin.slice(0, 2), [2100, 'FIN']] as Item[],
  sound: quiet,
};

judge([
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
]);
