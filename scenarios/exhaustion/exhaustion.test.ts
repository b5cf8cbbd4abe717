import t from 'tap';
import type { WebSocket } from 'ws';
import { careless } from '../../harness/origins/careless.js';
import { tryAt } from '../../harness/testing/controls.js';
import { fragile } from '../../harness/testing/fragile.js';
import { echoes, wsOrigin } from '../../harness/testing/subjects.js';
import declared from './declared-length.check.js';
import echoesUnread from './echoes-unread.check.js';
import headerCount from './header-count.check.js';
import headerSize from './header-size.check.js';
import idle from './idle.check.js';
import jsonDepth from './json-depth.check.js';
import pings from './ping-flood.check.js';
import pongsUnread from './pongs-unread.check.js';
import tiny from './tiny-frames.check.js';
import tls from './tls-never-begun.check.js';

t.setTimeout(120_000);

const MIB = 1024 * 1024;
const ws = (options = {}, session?: (socket: WebSocket) => void) =>
  wsOrigin({ title: 'ws' }, options, session);

t.test('the limit of a message weighs by its size', async (t) => {
  const at = (mebibytes: number) => tryAt(declared, { origin: ws({ maxPayload: mebibytes * MIB }) });
  t.match(await at(0.5), { outcome: 'pass', measured: { takenOctets: 0, refusedOctets: MIB } });
  t.match(await at(20), { outcome: 'warn', severity: 'medium', measured: { takenOctets: 17 * MIB } });
  t.match(await at(200), { outcome: 'fail', severity: 'medium', measured: { takenOctets: 129 * MIB } });
});

t.test('where nothing can be told, they skip with the reason', async (t) => {
  const mute = { origin: careless(['mute', 'no-pong']), patience: { answerMs: 200 } };
  t.match(await tryAt(tiny, mute), { outcome: 'skip', message: /no sign of life/ });
  t.match(await tryAt(echoesUnread, mute), { outcome: 'skip', message: /echoes/ });
  t.match(await tryAt(pongsUnread, mute), { outcome: 'skip', message: /pings are not answered/ });
  t.match(await tryAt(jsonDepth, { origin: ws() }), { outcome: 'skip', message: /not JSON/ });
  t.match(await tryAt(tls, { origin: ws() }), { outcome: 'skip', message: /wss/ });
});

t.test('a server that greets in JSON speaks it', async (t) => {
  const greeting = ws({}, (socket) => {
    socket.send('{"type":"welcome"}');
    echoes(socket);
  });
  t.match(await tryAt(jsonDepth, { origin: greeting }), { outcome: 'pass' });
});

t.test('a flood that ends its own connection hurts nobody', async (t) => {
  const strict = ws({}, (socket) => {
    let count = 0;
    socket.on('message', (data, binary) => {
      if (++count > 100) socket.close(1008, 'too many');
      else socket.send(data, { binary });
    });
  });
  t.match(await tryAt(tiny, { origin: strict }), {
    outcome: 'pass',
    message: /was ended$/,
    measured: { code: 1008 },
  });
  const none = ws({ autoPong: false });
  t.match(await tryAt(pings, { origin: none }), { outcome: 'pass', measured: { pongs: 0 } });
});

t.test('pings that are not answered, and change nothing, are told', async (t) => {
  const pinging = ws({}, (socket) => {
    echoes(socket);
    const timer = setInterval(() => socket.ping(), 200);
    socket.once('close', () => clearInterval(timer));
  });
  const finding = await tryAt(idle, { origin: pinging, patience: { limitMs: 1000 } });
  t.match(finding, { outcome: 'info', measured: { idleLimitMs: '> 1000' } });
  t.ok(Number(finding.measured?.pings) >= 2);
});

t.test('heads: an error of the server is a warning; a crash that a supervisor hides is found', async (t) => {
  const failing = wsOrigin(
    { title: 'answers 500 to long heads' },
    { verifyClient: ({ req }, answer) => answer(!req.headers['x-filler'], 500) },
  );
  t.match(await tryAt(headerSize, { origin: failing }), { outcome: 'warn', message: /answered with 500/ });
  const supervised = fragile({
    title: 'starts anew',
    fatal: ({ headers }) => headers.upgrade === undefined,
    returnsMs: 200,
  });
  t.match(await tryAt(headerCount, { origin: supervised }), {
    outcome: 'fail',
    severity: 'high',
    message: /other connections ended with it|the server went down and came back/,
  });
});

t.test('who bounds handshakes is not judged by those that it turned down', async (t) => {
  const full = wsOrigin(
    { title: 'has had enough' },
    { verifyClient: ({ req }, answer) => answer(!req.headers['x-filler'] && !req.headers.a, 503) },
  );
  for (const check of [headerCount, headerSize])
    t.match(await tryAt(check, { origin: full }), { outcome: 'skip', message: /one too many/ }, check.title);
});
