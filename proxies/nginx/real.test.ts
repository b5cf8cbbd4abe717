import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { dial } from '../../harness/clients/dial.js';
import { ask } from '../../harness/clients/http.js';
import { echo } from '../../harness/origins/echo.js';
import { frame } from '../../harness/protocol/index.js';
import { needing, place } from '../testing/place.js';
import { nginx } from './index.js';

const http = await needing(nginx());
const stream = await needing(nginx({ stream: true }));
const tlsOrigin = () => echo({ tls: true });
const events = [['Accept', 'text/event-stream']] as const;

t.test('a plain proxy_pass: Upgrade is lost, and HTTP/1.1 with it', http, async (t) => {
  const { route, sightings, hops } = await place(t, [nginx()]);
  await using attempt = await dial(route);
  t.equal(attempt.answer?.status, 400, 'the origin is asked by HTTP/1.0');
  const head = (await sightings!.of(attempt.token, 1000))?.head ?? '';
  t.match(head, /^GET \/echo\?gauntlet=\w+ HTTP\/1\.0\r\nHost: 127\.0\.0\.1:\d+\r\nConnection: close\r\n/);
  t.notMatch(head, /upgrade/i);
  t.match(head, /Sec-WebSocket-Key/, 'what is not hop-by-hop passes');
  const line = /"GET \/echo\?gauntlet=\w+ HTTP\/1\.1" 400 upgrade="websocket"/;
  // nginx logs what it has answered.
  for (let tries = 0; tries < 100 && !line.test(hops[0]!.service.logs()); tries++) await sleep(20);
  t.match(hops[0]!.service.logs(), line);
});

t.test('forwarding Upgrade: open both ways, cut by FIN on both sides when silent', http, async (t) => {
  const { route, sightings } = await place(t, [nginx({ websocket: true, readTimeout: '1s' })]);
  const early = frame({ opcode: 'text', payload: 'early', mask: true });
  await using attempt = await dial(route, { subprotocols: ['chat'], early });
  t.ok(attempt.conforms);
  t.match(await attempt.peer!.next(), { payload: Buffer.from('early') });
  t.ok(await attempt.peer!.echo());
  await using lively = await dial(route, { path: '/push?every=300' });
  const sighting = (await sightings!.of(attempt.token, 1000))!;
  t.match(sighting.head, /\r\nUpgrade: websocket\r\nConnection: upgrade\r\n/);
  t.match(await attempt.peer!.farewell(4000), { how: 'fin' });
  t.match(await sighting.ended, { how: 'fin' });
  await sleep(300);
  t.ok(await lively.peer!.echo(), 'traffic of one side alone keeps it open');
});

t.test('a refusal leaves no tunnel behind', http, async (t) => {
  const { route, sightings } = await place(t, [nginx({ websocket: true })]);
  await using attempt = await dial(route, { path: '/status/404' });
  t.equal(attempt.answer?.status, 404);
  attempt.peer!.send(Buffer.from('GET /status/203?gauntlet=second HTTP/1.1\r\nHost: x\r\n\r\n'));
  t.match(
    (await sightings!.of('second', 2000))?.head,
    /\r\nConnection: close\r\n/,
    'nginx asked, not the client',
  );
});

t.test('an RST of the origin looks like a FIN', http, async (t) => {
  const { route } = await place(t, [nginx({ websocket: true })]);
  await using attempt = await dial(route, { path: '/rst' });
  t.match(await attempt.peer!.farewell(), { how: 'fin' });
});

t.test('an origin that does not answer: 504, and 502 where there is none', http, async (t) => {
  const { route } = await place(t, [nginx({ websocket: true, readTimeout: 300 })]);
  t.equal((await ask(route, '/hang')).status, 504);
  const nobody = await place(t, [nginx()], 'ws://127.0.0.1:9');
  t.equal((await ask(nobody.route, '/')).status, 502);
});

t.test('buffering: a sparse stream is held back, or not', http, async (t) => {
  const path = '/live?session=a&every=100&count=3';
  const held = await place(t, [nginx({ readTimeout: '1s' })]);
  t.notMatch(
    (await ask(held.route, path, { headers: events, withinMs: 600 })).status,
    200,
    'not even the head',
  );
  const flowing = await place(t, [nginx({ buffering: false })]);
  await using peer = await dial(flowing.route, {
    path,
    headers: events,
    change: { Upgrade: undefined, Connection: undefined },
  });
  t.equal(peer.answer?.status, 200);
  t.match(Buffer.from(await peer.peer!.octets(20)).toString(), /data/);
});

for (const [title, options, origin] of [
  ['wss to ws', { websocket: true, tls: true }, undefined],
  ['wss to wss', { websocket: true, tls: true }, tlsOrigin()],
  ['ws to wss', { websocket: true }, tlsOrigin()],
] as const) {
  t.test(title, http, async (t) => {
    const { route } = await place(t, [nginx(options)], origin);
    await using attempt = await dial(route);
    t.ok(attempt.conforms, attempt.failure ?? 'a right 101');
    t.ok(await attempt.peer?.echo());
  });
}

t.test('old versions of TLS are taken where it is told so', http, async (t) => {
  for (const oldTls of [true, false]) {
    const { route } = await place(t, [nginx({ websocket: true, tls: true, oldTls })]);
    await using attempt = await dial(route, { tls: { version: 'TLSv1.1', trustAll: true } });
    t.equal(attempt.tls?.version === 'TLSv1.1', oldTls, attempt.failure ?? 'a session');
  }
});

t.test('an origin with a bad certificate: 502', http, async (t) => {
  for (const certificate of ['expired', 'wrong-name', 'untrusted', 'self-signed'] as const) {
    const { route } = await place(t, [nginx({ websocket: true })], echo({ certificate }));
    await using attempt = await dial(route);
    t.equal(attempt.answer?.status, 502, certificate);
  }
});

t.test('a TCP relay: octet for octet, cut by FIN when silent', stream, async (t) => {
  const { route, sightings } = await place(t, [nginx({ stream: true, streamTimeout: '1s' })]);
  t.equal(sightings!.all().length, 0, 'being asked for readiness did not reach the origin');
  await using attempt = await dial(route);
  t.ok(await attempt.peer?.echo());
  const sighting = (await sightings!.of(attempt.token, 1000))!;
  t.equal(sighting.head, attempt.sent, 'the head is the client’s own');
  t.match(await attempt.peer!.farewell(4000), { how: 'fin' });
  t.match(await sighting.ended, { how: 'fin' });
});

t.test('a TCP relay and TLS: passed through, ended, ended and begun again', stream, async (t) => {
  for (const [options, origin] of [
    [{ stream: true }, tlsOrigin()],
    [{ stream: true, tls: true }, undefined],
    [{ stream: true, tls: true }, tlsOrigin()],
  ] as const) {
    const { route } = await place(t, [nginx(options)], origin);
    t.match(route.url, /^wss:/);
    await using attempt = await dial(route);
    t.ok(await attempt.peer?.echo(), attempt.failure ?? 'an echo');
  }
});
