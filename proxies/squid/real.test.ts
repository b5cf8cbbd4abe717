import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { dial } from '../../harness/clients/dial.js';
import { ask } from '../../harness/clients/http.js';
import { echo } from '../../harness/origins/echo.js';
import { needing, place } from '../testing/place.js';
import { squid } from './index.js';

// Squid takes two seconds to stop.
t.jobs = 4;
const [needsSquid, needsOpenssl] = [
  await needing(squid({ upgrade: true })),
  await needing(squid({ mode: 'inspect' })),
];
// tap writes into the options that it is given.
const plain = () => ({ ...needsSquid, buffered: true });
const openssl = () => ({ ...needsOpenssl, buffered: true });
const tlsOrigin = () => echo({ tls: true });

t.test('by GET: Upgrade is lost', plain(), async (t) => {
  const { route, sightings } = await place(t, [squid({ method: 'GET' })]);
  await using attempt = await dial(route);
  t.equal(attempt.answer?.status, 426);
  const head = (await sightings!.of(attempt.token, 1000))?.head ?? '';
  t.match(head, /^GET \/echo\?gauntlet=\w+ HTTP\/1\.1\r\n/);
  t.match(head, /\r\nVia: 1\.1 squid-to-\S+ \(squid\/[\d.]+\)\r\nX-Forwarded-For: 127\.0\.0\.1\r\n/);
  t.notMatch(head, /upgrade/i);
});

t.test('by GET with Upgrade allowed: open, and cut by FIN on both sides when silent', plain(), async (t) => {
  const { route, sightings } = await place(t, [squid({ method: 'GET', upgrade: true, readTimeout: '2s' })]);
  await using attempt = await dial(route, { subprotocols: ['chat'] });
  t.ok(attempt.conforms);
  t.ok(await attempt.peer?.echo());
  const sighting = (await sightings!.of(attempt.token, 1000))!;
  t.match(sighting.head, /\r\nUpgrade: websocket\r\nConnection: upgrade\r\n/);
  t.match(await attempt.peer!.farewell(6000), { how: 'fin' });
  t.match(await sighting.ended, { how: 'fin' });
  await using shouting = await dial(route, { change: { Upgrade: 'WebSocket' } });
  t.equal(shouting.answer?.status, 426, 'names of protocols are compared with their case');
});

t.test('an RST of the origin is answered in HTTP, inside the tunnel', plain(), async (t) => {
  const { route } = await place(t, [squid({ method: 'GET', upgrade: true })]);
  await using attempt = await dial(route, { path: '/rst' });
  t.equal(attempt.handshake, 'accepted');
  t.match(await attempt.peer!.farewell(), { how: 'close' }, '"HT" reads as the head of a Close frame');
  t.match(Buffer.from(attempt.peer!.received()).toString('latin1'), /^HTTP\/1\.1 500 /);
});

t.test('by CONNECT: port 443 alone, unless the origin’s is allowed', plain(), async (t) => {
  const denied = await place(t, [squid()]);
  await using refused = await dial(denied.route);
  t.equal(refused.proxyStatus, 403);
  const { route, sightings } = await place(t, [squid({ connect: 'any', readTimeout: '2s' })]);
  await using attempt = await dial(route);
  t.ok(await attempt.peer?.echo());
  const sighting = (await sightings!.of(attempt.token, 1000))!;
  t.equal(sighting.head, attempt.sent);
  t.match(await attempt.peer!.farewell(6000), { how: 'fin' });
  t.match(await sighting.ended, { how: 'fin' });
});

t.test('CONNECT to well-known ports is denied', plain(), async (t) => {
  const { route } = await place(t, [squid({ connect: 'any' })]);
  await using attempt = await dial({ ...route, url: 'ws://127.0.0.1:25' });
  t.equal(attempt.proxyStatus, 403);
});

t.test(
  'wss by CONNECT: the origin’s own certificate; traffic of one side keeps it open',
  plain,
  async (t) => {
    // Squid counts whole seconds: of two, it may be the second that it waits for.
    const { route } = await place(t, [squid({ connect: 'any', readTimeout: '2s' })], tlsOrigin());
    await using attempt = await dial(route, { path: '/push?every=400' });
    await sleep(4500);
    t.ok(await attempt.peer?.echo());
  },
);

t.test('inspection: a certificate of its own making, mimicking the origin’s', openssl(), async (t) => {
  const { route, sightings } = await place(t, [squid({ mode: 'inspect', upgrade: true })], tlsOrigin());
  await using attempt = await dial(route);
  t.ok(attempt.conforms);
  t.ok(await attempt.peer?.echo());
  const sighting = (await sightings!.of(attempt.token, 1000))!;
  t.match(sighting.head, /\r\nVia: 1\.1 squid/, 'it read what was in the TLS');
  t.equal(sighting.servername, 'gauntlet.test');
});

t.test('inspection without Upgrade allowed: lost inside of the TLS', openssl(), async (t) => {
  const { route } = await place(t, [squid({ mode: 'inspect' })], tlsOrigin());
  await using attempt = await dial(route);
  t.equal(attempt.answer?.status, 426);
});

for (const certificate of ['expired', 'wrong-name', 'untrusted', 'self-signed'] as const) {
  t.test(`inspection: an origin with a bad certificate (${certificate}) is refused`, openssl(), async (t) => {
    const { route } = await place(t, [squid({ mode: 'inspect', upgrade: true })], echo({ certificate }));
    await using attempt = await dial(route);
    t.not(attempt.handshake, 'accepted');
    t.equal(attempt.answer?.status, 503);
  });
}

t.test('inspection and splicing drop what is no TLS', openssl(), async (t) => {
  for (const mode of ['inspect', 'splice'] as const) {
    const { route } = await place(t, [squid({ mode, upgrade: true })]);
    await using attempt = await dial(route);
    t.match(attempt, { handshake: 'reset', failure: /FIN/ }, mode);
  }
});

t.test('splicing: the TLS passes untouched', openssl(), async (t) => {
  const { route, sightings } = await place(t, [squid({ mode: 'splice' })], tlsOrigin());
  await using attempt = await dial(route);
  t.ok(await attempt.peer?.echo());
  t.equal((await sightings!.of(attempt.token, 1000))?.head, attempt.sent);
});

t.test('an accelerator: Upgrade is lost, or passed on', plain(), async (t) => {
  const lost = await place(t, [squid({ mode: 'accelerator' })]);
  await using refused = await dial(lost.route);
  t.equal(refused.answer?.status, 426);
  const { route, sightings } = await place(t, [
    squid({ mode: 'accelerator', upgrade: true, readTimeout: '2s' }),
  ]);
  await using attempt = await dial(route);
  t.ok(await attempt.peer?.echo());
  const sighting = (await sightings!.of(attempt.token, 1000))!;
  t.match(sighting.head, /\r\nHost: 127\.0\.0\.1:\d+\r\n/, 'Host is the client’s');
  t.match(await attempt.peer!.farewell(6000), { how: 'fin' });
  await using unasked = await dial(route, { path: '/status/404' });
  t.equal(unasked.answer?.status, 404);
  unasked.peer!.send(Buffer.from('GET /status/203?gauntlet=second HTTP/1.1\r\nHost: x\r\n\r\n'));
  t.match((await sightings!.of('second', 2000))?.head, /\r\nVia: /, 'no tunnel behind a refusal');
});

t.test('an accelerator and TLS: in front, in front and behind', openssl(), async (t) => {
  for (const origin of [undefined, tlsOrigin()]) {
    const { route } = await place(t, [squid({ mode: 'accelerator', upgrade: true, tls: true })], origin);
    t.match(route.url, /^wss:/);
    await using attempt = await dial(route);
    t.ok(await attempt.peer?.echo());
  }
  const bad = await place(t, [squid({ mode: 'accelerator' })], echo({ certificate: 'expired' }));
  t.equal((await ask(bad.route, '/')).status, 503);
});

t.test('through a parent', plain(), async (t) => {
  const { route, sightings } = await place(t, [
    squid({ method: 'GET', connect: 'any', upgrade: true }),
    squid({ connect: 'any', upgrade: true }),
  ]);
  await using byGet = await dial(route);
  t.ok(await byGet.peer?.echo());
  t.match((await sightings!.of(byGet.token, 1000))?.head, /Via: 1\.1 [^,\r]+, 1\.1 /);
  await using byConnect = await dial({ ...route, method: 'CONNECT' });
  t.ok(await byConnect.peer?.echo());
});

t.test('inspection through a parent, and behind a proxy that tunnels', openssl(), async (t) => {
  const inspecting = () => squid({ mode: 'inspect', upgrade: true });
  const tunnelling = () => squid({ connect: 'any' });
  for (const via of [
    [inspecting(), tunnelling()],
    [tunnelling(), inspecting()],
  ]) {
    const { route, sightings } = await place(t, via, tlsOrigin());
    await using attempt = await dial(route);
    t.ok(await attempt.peer?.echo(), attempt.failure ?? 'an echo');
    t.match((await sightings!.of(attempt.token, 1000))?.head, /\r\nVia: 1\.1 squid/);
  }
});

t.test('an accelerator that caches: asked twice, the origin is asked once', plain(), async (t) => {
  const { route, sightings } = await place(t, [squid({ mode: 'accelerator', cache: true, upgrade: true })]);
  const page = { change: { Upgrade: undefined, Connection: undefined }, path: '/cache?gauntlet=page' };
  for (const _ of [1, 2]) {
    await using attempt = await dial(route, page);
    t.equal(attempt.answer?.status, 200);
    await attempt.peer!.octets(8);
  }
  const asked = sightings!.all().filter(({ head }) => head?.includes('/cache'));
  t.equal(asked.length, 1);
  await using first = await dial(route);
  await using second = await dial(route);
  t.ok(first.conforms && second.conforms, 'handshakes are not kept');
});
