import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { type Control, tryAt } from '../../harness/testing/controls.js';
import { httpOrigin, rawOrigin, wsOrigin } from '../../harness/testing/subjects.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import livesWithPings from '../proxied/lives-with-pings.check.js';
import adminNamespace from './admin-namespace.check.js';
import attachments from './attachments.check.js';
import cors from './cors.check.js';
import heartbeatKept from './heartbeat-kept.check.js';
import maxPayloadPolling from './max-payload-polling.check.js';
import maxPayloadWebSocket from './max-payload-websocket.check.js';
import packetsSurvived from './packets-survived.check.js';
import pollingOrigin from './polling-origin.check.js';
import queryWithstood from './query-survived.check.js';
import { openIn } from './recognised.js';
import { bitsOf } from './sid-bits.js';
import silentClientDropped from './silent-client-dropped.check.js';
import { PATH, type Sin, socketIo } from './testing/origin.js';
import unknownTransport from './unknown-transport.check.js';
import versions from './versions.check.js';

t.setTimeout(120_000);

const target = { path: PATH };
const at = (sins: readonly Sin[], beatMs?: number): Control => ({ origin: socketIo(sins, beatMs), target });

const ALL = {
  adminNamespace,
  attachments,
  cors,
  heartbeatKept,
  maxPayloadPolling,
  maxPayloadWebSocket,
  packetsSurvived,
  pollingOrigin,
  queryWithstood,
  silentClientDropped,
  unknownTransport,
  versions,
};

t.test('what is no Engine.IO endpoint is left alone', async (t) => {
  for (const [name, check] of Object.entries(ALL)) {
    const plain = await tryAt(check, { origin: wsOrigin({ title: 'plain' }), target: { path: '/' } });
    t.match(plain, { outcome: 'skip', message: 'it is no Engine.IO endpoint' }, name);
  }
  t.match(await tryCheck(cors, { origin: echo() }), { outcome: 'skip' }, 'in a scenario of ours');
  // Its path says so, and nothing else does.
  const named = { origin: wsOrigin({ title: 'named so' }), target };
  t.match(await tryAt(cors, named), { outcome: 'skip', message: 'it is no Engine.IO endpoint' });
});

t.test('open packets', async (t) => {
  const open = '{"sid":"a","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":7}';
  const known = { sid: 'a', pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 7 };
  t.same(openIn(`0${open}`), known);
  t.same(openIn(`97:0${open}2:40`), known, 'version 3');
  t.same(openIn(`0${open}\x1e40{"sid":"b"}`), known, 'with another packet');
  for (const text of [
    '',
    '0',
    '0{}',
    '0{"sid":1}',
    '0{"sid":"a"',
    '0{"sid":"a","pingInterval":-1,"pingTimeout":1}',
  ])
    t.equal(openIn(text), undefined, text);
});

t.test('how much differs between ids', async (t) => {
  t.equal(bitsOf(['a1', 'a2', 'a3', 'a4']), 3, 'a counter');
  t.equal(bitsOf(['17000000001', '17000000005', '17000000012', '17000000033']), 6, 'a clock');
  t.ok(bitsOf(['x7Fq0', 'Pm2_a', 'kk-8Z', 'B09hh']) >= 24);
  t.equal(bitsOf(['0af3', '1be4', '2cd5', '3dc6']), 16, 'hexadecimal');
});

t.test('heartbeats that are not waited for, and connections that end anyway', async (t) => {
  t.match(await tryAt(heartbeatKept, at([])), {
    outcome: 'skip',
    message: /10000 ms, which is not waited for/,
  });
  t.match(await tryAt(silentClientDropped, at([])), { outcome: 'skip', message: /20000 ms until then/ });
  const neither = await tryAt(silentClientDropped, at(['no-heartbeat'], 300));
  t.match(neither, { outcome: 'skip', message: /no ping packet came/ });
});

t.test('a client that waits for something else answers heartbeats meanwhile', async (t) => {
  t.match(await tryAt(livesWithPings, at([], 200)), { outcome: 'pass' });
});

t.test('what a foreign page may read', async (t) => {
  const both = await tryAt(pollingOrigin, at(['polling-any-origin', 'websocket-any-origin']));
  t.match(both, { outcome: 'skip', message: /takes a foreign Origin too/ });
  const unread = await tryAt(pollingOrigin, at(['polling-any-origin']));
  t.match(unread, { outcome: 'warn', message: /may not read it/ });
  const cookie = { ...target, headers: [['Cookie', 'sid=1']] as const };
  const sins = ['polling-any-origin', 'reflects-origin'] as const;
  t.match(await tryAt(cors, { origin: socketIo(sins), target: cookie }), {
    outcome: 'fail',
    severity: 'high',
  });
  t.match(await tryAt(cors, at(sins)), { outcome: 'fail', severity: 'medium' });
});

t.test('a server that only says that it speaks Engine.IO', async (t) => {
  const greeting = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000}';
  const origin = wsOrigin({ title: 'says so' }, {}, (socket) => socket.send(greeting));
  for (const check of [cors, maxPayloadPolling])
    t.match(await tryAt(check, { origin, target }), { outcome: 'skip', message: /long-polling/ });
  for (const check of [adminNamespace, attachments, packetsSurvived])
    t.match(await tryAt(check, { origin, target }), { outcome: 'skip', message: /no Socket\.IO connection/ });
  t.match(await tryAt(maxPayloadWebSocket, { origin, target }), { outcome: 'fail' });
});

t.test('polls that are never answered, or answered with anything', async (t) => {
  const silent = rawOrigin({ title: 'silent' }, () => {});
  t.match(await tryAt(cors, { origin: silent, target, patience: { answerMs: 200 } }), { outcome: 'skip' });
  const page = httpOrigin({ title: 'page' }, (server) => {
    server.on('request', (_, response) => response.end('<html>0{"sid":"a"}</html>'));
  });
  t.match(await tryAt(cors, { origin: page, target }), { outcome: 'skip', message: /^no baseline here/ });
});
