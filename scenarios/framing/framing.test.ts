import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { says } from '../../harness/testing/verdicts.js';
import afterError from './after-error.check.js';
import coalesced from './coalesced.check.js';
import empty from './empty.check.js';
import headerSplit from './header-split.check.js';
import lengthEnormous from './length-enormous.check.js';
import longForm16 from './length-long-form-16.check.js';
import pingsAtOnce from './pings-at-once.check.js';
import pongExact from './pong-exact.check.js';
import rsv1 from './rsv1.check.js';
import rsv2Deflate from './rsv2-deflate.check.js';
import serverFrames from './server-frames.check.js';

const silent = careless(['mute', 'no-pong']);
const noPong = careless(['no-pong']);
const mute = careless(['mute']);
/** An application that closes with that code over messages that it does not like. */
const picky = (code: number, likes: (text: string, binary: boolean) => boolean) =>
  wsOrigin({ title: `closes with ${code}` }, {}, (socket) => {
    socket.on('message', (data, binary) => {
      if (likes(String(data), binary)) socket.send(data, { binary });
      else if (code === 1011) socket.terminate();
      else socket.close(code);
    });
  });
const notEmpty = (text: string) => text.length > 0;
const asked = picky(1008, (text) => text === 'hello');
const sends = (octets: string) =>
  wsOrigin({ title: `sends ${octets}` }, {}, (socket, request) => {
    socket.on('message', (data) => socket.send(String(data)));
    request.socket.write(Buffer.from(octets, 'hex'));
  });

t.test('verdicts of framing that the controls do not show', (t) =>
  says(
    t,
    [
      { check: headerSplit, at: silent, outcome: 'skip', message: /answers neither/ },
      { check: coalesced, at: silent, outcome: 'skip', message: /answers neither/ },
      { check: afterError, at: silent, outcome: 'skip', message: /answers neither/ },
      { check: coalesced, at: mute, outcome: 'pass', message: /10 of 10 pings/ },
      { check: afterError, at: mute, outcome: 'pass' },
      { check: afterError, at: careless(['opcode', 'rsv']), outcome: 'skip', message: /does not end/ },
      { check: pingsAtOnce, at: noPong, outcome: 'skip', message: /no pings at all/ },
      { check: pongExact, at: noPong, outcome: 'fail', message: /no pong came for a ping of 0 octets/ },
      { check: empty, at: picky(1008, notEmpty), outcome: 'warn', message: /Close 1008/ },
      { check: empty, at: picky(1011, notEmpty), outcome: 'fail', message: /FIN|RST/ },
      { check: empty, at: picky(1003, (_, binary) => !binary), outcome: 'pass', message: /\(text\)/ },
      { check: empty, at: asked, outcome: 'skip', target: { hello: 'hello' } },
      { check: rsv1, at: asked, outcome: 'pass', message: /1002/ },
      { check: rsv1, at: careless(['rsv', 'mute']), outcome: 'fail' },
      {
        check: rsv1,
        at: careless(['rsv-later']),
        outcome: 'fail',
        message: /a continuation frame with RSV1/,
      },
      { check: rsv2Deflate, at: asked, outcome: 'skip', message: /does not agree/ },
      { check: longForm16, at: wsOrigin({ title: 'ws' }), outcome: 'info' },
      {
        check: lengthEnormous,
        at: careless(['any-length']),
        outcome: 'warn',
        also: { severity: 'medium', message: /in silence/ },
      },
      { check: serverFrames, at: sends('c10161'), outcome: 'fail', message: /RSV bits 100/ },
      { check: serverFrames, at: sends('817e000161'), outcome: 'fail', message: /length of 1 in 16 bits/ },
      { check: serverFrames, at: sends('8b00'), outcome: 'fail', message: /without a meaning/ },
      { check: serverFrames, at: sends('0900'), outcome: 'fail', message: /is a fragment/ },
    ],
    { answerMs: 500 },
  ),
);
