import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { dial } from '../../harness/clients/dial.js';
import { ask } from '../../harness/clients/http.js';
import { echo } from '../../harness/origins/echo.js';
import { frame } from '../../harness/protocol/index.js';
import { place } from '../testing/place.js';
import { passing, stripping } from './index.js';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

t.test('stripping: the connection’s own headers never reach the origin', async (t) => {
  const { route, sightings } = await place(t, [stripping()]);
  const attempt = await dial(route, {
    headers: [
      ['X-Kept', 'yes'],
      ['X-Hop', 'no'],
    ],
    change: { Connection: 'Upgrade, X-Hop' },
  });
  t.equal(attempt.handshake, 'refused');
  t.equal(attempt.answer?.status, 426);
  const head = (await sightings!.of(attempt.token, 1000))?.head ?? '';
  t.match(head, /^GET \/echo\?gauntlet=\w+ HTTP\/1\.1\r\n/);
  t.match(head, /\r\nX-Kept: yes\r\n/);
  t.match(head, /\r\nSec-WebSocket-Version: 13\r\n/);
  t.match(head, /\r\nVia: 1\.1 plain-proxy\r\n/);
  t.notMatch(head, /upgrade|X-Hop/i);
  await attempt[Symbol.asyncDispose]();
});

t.test('passing: a tunnel after the 101, early octets included', async (t) => {
  const { route, sightings } = await place(t, [passing()]);
  const early = frame({ opcode: 'text', payload: 'early', mask: true });
  await using attempt = await dial(route, { subprotocols: ['chat'], early });
  t.equal(attempt.handshake, 'accepted');
  t.ok(attempt.conforms);
  t.match(await attempt.peer!.next(), { opcode: 1, payload: Buffer.from('early') });
  t.ok(await attempt.peer!.echo());
  const head = (await sightings!.of(attempt.token, 1000))?.head ?? '';
  t.match(head, /\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n/);
  t.match(head, /\r\nSec-WebSocket-Protocol: chat\r\n/);
});

t.test('passing: HTTP goes on behind a refusal', async (t) => {
  const { route, sightings } = await place(t, [passing()]);
  await using attempt = await dial(route, { path: '/status/404' });
  t.equal(attempt.answer?.status, 404);
  await attempt.peer!.octets(11);
  attempt.peer!.send(Buffer.from('GET /status/203?gauntlet=second HTTP/1.1\r\nHost: second\r\n\r\n'));
  const answer = text(await attempt.peer!.octets(40));
  t.match(answer, /^status 404\nHTTP\/1\.1 203 /);
  const second = await sightings!.of('second', 1000);
  t.match(
    second?.head,
    /\r\nVia: 1\.1 plain-proxy\r\n/,
    'it was a request of the proxy, not octets of a tunnel',
  );
});

t.test('passing: a request that came in one write with a refused handshake is a request', async (t) => {
  const { route, sightings } = await place(t, [passing()]);
  const early = Buffer.from('GET /status/203?gauntlet=pipelined HTTP/1.1\r\nHost: second\r\n\r\n');
  await using attempt = await dial(route, { path: '/status/404', early });
  t.equal(attempt.answer?.status, 404);
  t.match((await sightings!.of('pipelined', 1000))?.head, /\r\nVia: 1\.1 plain-proxy\r\n/);
});

t.test('passing: other protocols and methods are not passed on', async (t) => {
  const { route, sightings } = await place(t, [passing()]);
  await using h2c = await dial(route, { change: { Upgrade: 'h2c' } });
  t.equal(h2c.answer?.status, 426);
  t.notMatch((await sightings!.of(h2c.token, 1000))?.head, /h2c/);
  await using post = await dial(route, { method: 'POST', headers: [['Content-Length', '0']] });
  t.equal(post.answer?.status, 400);
});

t.test('idle tunnels are cut with FIN, silent servers answered for with 504', async (t) => {
  const { route, sightings } = await place(t, [passing({ idleMs: 300 })]);
  await using attempt = await dial(route);
  t.match(await attempt.peer!.farewell(3000), { how: 'fin' });
  const seen = await sightings!.of(attempt.token, 1000);
  t.match(await seen!.ended, { how: 'fin' });
  t.equal((await ask(route, '/hang')).status, 504);

  await using busy = await dial(route);
  for (let i = 0; i < 5; i++) {
    await sleep(150);
    t.ok(await busy.peer!.echo(), 'traffic keeps it');
  }
});

t.test('an RST reaches the other side as FIN, and a FIN ends both', async (t) => {
  const { route, sightings } = await place(t, [passing()]);
  await using cut = await dial(route, { path: '/rst' });
  t.match(await cut.peer!.farewell(), { how: 'fin' });
  await using left = await dial(route);
  left.peer!.reset();
  t.match(await (await sightings!.of(left.token, 1000))!.ended, { how: 'fin' });
});

t.test('no origin: 502', async (t) => {
  const { route } = await place(t, [passing()], 'ws://127.0.0.1:9');
  t.equal((await ask(route, '/')).status, 502);
  await using attempt = await dial(route);
  t.equal(attempt.answer?.status, 502);
});

t.test('TLS in front and behind', async (t) => {
  const { route } = await place(t, [passing({ tls: true })], echo({ tls: true }));
  t.match(route.url, /^wss:/);
  await using attempt = await dial(route, { subprotocols: ['chat'] });
  t.ok(attempt.conforms);
  t.equal(attempt.issuer, 'wsgauntlet lab CA');
  t.ok(await attempt.peer!.echo());
  const bad = await place(t, [passing()], echo({ certificate: 'expired' }));
  t.equal((await ask(bad.route, '/')).status, 502, 'the upstream is verified');
});

t.test('buffering holds a sparse stream back, its head included', async (t) => {
  const stream = '/live?session=a&every=50&count=4';
  const headers = [['Accept', 'text/event-stream']] as const;
  const { route } = await place(t, [stripping({ buffering: true, idleMs: 400 })]);
  const held = await ask(route, stream, { headers, withinMs: 3000 });
  t.notMatch(held.body, /data/);
  const flowing = await place(t, [stripping()]);
  await using peer = await dial(flowing.route, {
    path: stream,
    change: { Upgrade: undefined, Connection: undefined },
    headers,
  });
  t.equal(peer.answer?.status, 200);
  t.match(text(await peer.peer!.octets(10)), /data/);
});

t.test('both say that they stand in', async (t) => {
  t.match(stripping(), { name: 'plain-proxy', role: 'reverse', standIn: true });
  t.match(passing({ tls: true, idleMs: '2s' }), {
    tls: true,
    title: 'a plain reverse proxy that passes Upgrade, TLS in front, cutting after 2000 ms',
  });
});
