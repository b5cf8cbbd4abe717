import t from 'tap';
import type { WebSocket } from 'ws';
import type { Check } from '../../harness/model.js';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { frame } from '../../harness/protocol/index.js';
import { tryAt } from '../../harness/testing/controls.js';
import { wsOrigin } from '../../harness/testing/subjects.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { passing } from '../../proxies/plain/index.js';
import { reframing } from '../testing/hops.js';
import { mustEnd, mustEndEach } from './violation.js';

const of = (run: Check['run']): Check => ({ title: '', requirement: '', severity: 'low', refs: [], run });
const reserved = (opcode: number) => ({
  name: `opcode ${opcode}`,
  send: [frame({ opcode, payload: 'reserved', mask: true })],
});
const legal = [frame({ opcode: 'pong', payload: 'reserved', mask: true })];
const one = of((probe) => mustEnd(probe, { ...reserved(3), legal, codes: [1002] }));
const several = of((probe) => mustEndEach(probe, [3, 4, 5].map(reserved), { legal, codes: [1002] }));
const unasked = of((probe) => mustEnd(probe, { ...reserved(3), codes: [1002] }));
const patience = { answerMs: 400 };
const CLOSE = 8;

t.test('tells which side ended it, in places with hops', async (t) => {
  const measured = { code: 1002, clientSaw: 'close', rejectedBy: 'origin' };
  t.match(await tryCheck(one, { origin: echo() }), { outcome: 'pass', measured });
  t.match(await tryCheck(several, { origin: echo(), via: [passing()] }), {
    outcome: 'pass',
    message: 'each of 3: closed with 1002',
    measured,
  });
});

t.test('blames the origin for what it took, and a hop for what it made legal', async (t) => {
  t.match(await tryCheck(one, { origin: careless(['opcode']), via: [passing()] }), {
    outcome: 'fail',
    blame: 'origin',
    actualText: 'the connection went on after opcode 3',
  });
  const mending = reframing('up', ({ opcode }) => ({ opcode: opcode === 3 ? 10 : opcode }));
  t.match(await tryCheck(one, { origin: echo(), via: [mending] }), {
    outcome: 'fail',
    blame: 'hop',
    actualText: 'the connection went on after opcode 3; it did not come to the origin as it was sent',
  });
});

t.test('warns of a hop that says something else than the origin', async (t) => {
  const other = reframing('down', ({ opcode, payload }) => ({
    payload: opcode === CLOSE ? Buffer.of(0x03, 0xe8) : payload,
  }));
  t.match(await tryCheck(one, { origin: echo(), via: [other] }), {
    outcome: 'warn',
    message: 'closed with 1002 by origin, of which a hop made 1000',
    blame: 'hop',
  });
});

t.test('one of several that is taken fails them all', async (t) => {
  const sorted = of((probe) =>
    mustEndEach(probe, [reserved(3), { name: 'a text', send: [frame({ opcode: 1, mask: true })] }], {
      codes: [1002],
    }),
  );
  t.match(await tryAt(sorted, { origin: echo() }), { outcome: 'fail', message: /went on after a text/ });
});

t.test('says nothing where connections end over the legal one, or by themselves', async (t) => {
  const touchy = wsOrigin({ title: 'touchy' }, {}, (socket) => {
    socket.on('message', (data, binary) => socket.send(data, { binary })).on('pong', () => socket.close());
  });
  t.match(await tryAt(one, { origin: touchy, patience }), { outcome: 'skip', message: /without the fault/ });
  const all = new Set<WebSocket>();
  const dying = wsOrigin({ title: 'dying' }, {}, (socket) => {
    all.add(socket.on('message', (data, binary) => socket.send(data, { binary })));
    socket.on('error', () => {
      for (const each of all) each.terminate();
    });
  });
  t.match(await tryAt(unasked, { origin: dying, patience }), {
    outcome: 'skip',
    message: /^connections end here by themselves/,
  });
});

t.test('a hop that swallows it, and an origin that is mute after it', async (t) => {
  const via = [reframing('up', ({ opcode }) => (opcode === 3 ? undefined : {}))];
  t.match(await tryCheck(one, { origin: echo(), via, patience }), { outcome: 'fail', blame: 'hop' });
});

t.test('what a server sends unasked is no sign that it goes on', async (t) => {
  const said = Buffer.from('{"type":"ok"}');
  const ticking = wsOrigin({ title: 'ticking' }, {}, (socket) => {
    const timer = setInterval(() => socket.send(said), 3);
    socket.on('close', () => clearInterval(timer)).on('message', () => socket.send(said));
  });
  const target = { hello: 'go' };
  t.match(await tryAt(one, { origin: ticking, target, patience }), {
    outcome: 'pass',
    message: 'closed with 1002',
  });
});
