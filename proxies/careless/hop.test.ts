import t, { type Test } from 'tap';
import { dial } from '../../harness/clients/dial.js';
import { ask } from '../../harness/clients/http.js';
import { echo } from '../../harness/origins/echo.js';
import { frame } from '../../harness/protocol/index.js';
import { place } from '../testing/place.js';
import { type CarelessOptions, carelessHop, type HopSin } from './hop.js';

const through = (t: Test, options: CarelessOptions) => place(t, [carelessHop(options)]);
const text = (payload: string | Uint8Array) => frame({ opcode: 'text', payload, mask: true });
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const smuggled = 'GET /page HTTP/1.1\r\nHost: victim.example\r\n\r\n';

t.test('in everything else they are sound', async (t) => {
  const sins: HopSin[] = [
    'corrupt',
    'truncate',
    'naive-cache',
    'relay-h2c',
    'swallow-pings',
    'rewrite-close',
  ];
  for (const sin of sins) {
    const { route } = await through(t, { sin });
    await using attempt = await dial(route, { subprotocols: ['chat'], early: text('early') });
    t.ok(attempt.conforms, sin);
    t.match(await attempt.peer!.next(), { payload: Buffer.from('early') });
    t.ok(await attempt.peer!.echo());
    await using refused = await dial(route, { path: '/status/404' });
    t.equal(refused.answer?.status, 404);
    t.match(await refused.peer!.farewell(), { how: 'fin' });
    t.equal((await ask(route, '/status/203')).status, 203);
  }
  const { route } = await place(t, [carelessHop({ sin: 'corrupt' })], echo({ tls: true }));
  await using overTls = await dial(route);
  t.ok(await overTls.peer?.echo());
  const nobody = await place(t, [carelessHop({ sin: 'corrupt' })], 'ws://127.0.0.1:9');
  await using none = await dial(nobody.route);
  t.equal(none.answer?.status, 502);
});

t.test('tunnel-after-refusal', async (t) => {
  const { route, sightings } = await through(t, { sin: 'tunnel-after-refusal' });
  await using attempt = await dial(route, { path: '/status/404' });
  t.equal(attempt.answer?.status, 404);
  attempt.peer!.send(Buffer.from('GET /status/203?gauntlet=raw HTTP/1.1\r\nHost: x\r\n\r\n'));
  t.equal(
    (await sightings!.of('raw', 2000))?.head,
    'GET /status/203?gauntlet=raw HTTP/1.1\r\nHost: x\r\n\r\n',
  );
  await attempt.peer!.octets(30);
  t.match(latin1(attempt.peer!.received()), /HTTP\/1\.1 203 /);
});

t.test('relay-any-101', async (t) => {
  const { route } = await through(t, { sin: 'relay-any-101' });
  await using unasked = await dial(route, {
    path: '/unasked',
    change: { Upgrade: undefined, Connection: undefined },
  });
  t.equal(unasked.answer?.status, 101);
  await using fake = await dial(route, { path: '/fake?without=upgrade' });
  t.equal(fake.answer?.status, 101);
  const sound = await through(t, { sin: 'delay' });
  await using refused = await dial(sound.route, { path: '/fake?without=upgrade' });
  t.equal(refused.answer?.status, 502);
  await using other = await dial(sound.route, {
    path: '/unasked',
    change: { Upgrade: undefined, Connection: undefined },
  });
  t.equal(other.answer?.status, 502);
});

t.test('relay-h2c', async (t) => {
  const { route } = await through(t, { sin: 'relay-h2c' });
  await using attempt = await dial(route, { path: '/h2c', change: { Upgrade: 'h2c' } });
  t.equal(attempt.answer?.status, 101);
  const sound = await through(t, { sin: 'delay' });
  await using refused = await dial(sound.route, { path: '/h2c', change: { Upgrade: 'h2c' } });
  t.equal(refused.answer?.status, 200);
});

t.test(
  'naive-cache: a request in an unmasked frame poisons it, one in a masked frame does not',
  async (t) => {
    for (const mask of [false, true]) {
      const { route } = await through(t, { sin: 'naive-cache' });
      t.equal((await ask(route, '/cache')).body, 'genuine\n');
      await using attacker = await dial(route, { path: '/smuggle?mark=7' });
      t.ok(attacker.conforms);
      attacker.peer!.send(
        frame({ opcode: 'text', payload: smuggled, ...(mask && { mask: Buffer.from('abcd') }) }),
      );
      await attacker.peer!.octets(20);
      await using victim = await dial(route, {
        path: '/page',
        change: { Host: 'victim.example', Upgrade: undefined, Connection: undefined },
      });
      await victim.peer!.octets(5);
      const body = latin1(victim.peer!.received());
      if (mask) t.notMatch(body, 'attacker');
      else t.match(body, /^attacker 7$/);
    }
  },
);

t.test('naive-cache keeps pages by Host and path', async (t) => {
  const { route, sightings } = await through(t, { sin: 'naive-cache' });
  await ask(route, '/cache');
  const again = await ask(route, '/cache');
  t.same([again.body, again.headers.find(([name]) => name === 'Age')], ['genuine\n', ['Age', '1']]);
  t.equal(sightings!.all().length, 1);
});

t.test('corrupt and truncate, beyond so many octets', async (t) => {
  const long = Buffer.alloc(200, 'a');
  const short = Buffer.alloc(100, 'a');
  const answer = async (sin: HopSin, payload: Buffer) => {
    const { route } = await through(t, { sin });
    await using attempt = await dial(route);
    attempt.peer!.send(text(payload));
    return Buffer.from((await attempt.peer!.next())!.payload);
  };
  t.same(await answer('corrupt', short), short);
  t.same(await answer('corrupt', long), Buffer.concat([long.subarray(1), Buffer.from('`')]));
  t.same(await answer('truncate', short), short);
  t.same(await answer('truncate', long), long.subarray(0, 125));
});

t.test('drop-early and one-way', async (t) => {
  const forgetful = await through(t, { sin: 'drop-early' });
  await using first = await dial(forgetful.route, { early: text('early') });
  t.equal(await first.peer!.next(200), undefined);
  t.ok(await first.peer!.echo());
  const deaf = await through(t, { sin: 'one-way' });
  await using second = await dial(deaf.route, { path: '/push?every=20' });
  t.notOk(await second.peer!.echo(200));
  t.ok(await second.peer!.next(), 'the other way is open');
});

t.test('strip-subprotocol, strip-extensions, rewrite-version', async (t) => {
  const offer = { subprotocols: ['chat'], extensions: 'permessage-deflate' };
  for (const [sin, seen] of [
    ['strip-subprotocol', /sec-websocket-protocol/i],
    ['strip-extensions', /sec-websocket-extensions/i],
  ] as const) {
    const { route, sightings } = await through(t, { sin });
    await using attempt = await dial(route, offer);
    t.equal(attempt.handshake, 'accepted');
    t.notMatch((await sightings!.of(attempt.token, 1000))?.head, seen);
    t.notMatch(attempt.answer?.raw, seen);
  }
  const { route, sightings } = await through(t, { sin: 'rewrite-version' });
  await using attempt = await dial(route);
  t.equal(attempt.answer?.status, 400);
  t.match((await sightings!.of(attempt.token, 1000))?.head, /^GET \S+ HTTP\/1\.0\r\n/);
});

t.test('rewrite-close and accept-then-close', async (t) => {
  const { route } = await through(t, { sin: 'rewrite-close' });
  await using attempt = await dial(route, { path: '/close?status=4001' });
  t.match(await attempt.peer!.farewell(), { how: 'fin' });
  const hasty = await through(t, { sin: 'accept-then-close' });
  await using dropped = await dial(hasty.route);
  t.equal(dropped.handshake, 'accepted');
  t.match(await dropped.peer!.farewell(), { how: 'fin' });
});

t.test('swallow-pings', async (t) => {
  const { route, sightings } = await through(t, { sin: 'swallow-pings' });
  await using attempt = await dial(route);
  attempt.peer!.send(frame({ opcode: 'ping', payload: 'are you there', mask: true }));
  t.match(await attempt.peer!.next(), { opcode: 10, payload: Buffer.from('are you there') });
  t.ok(await attempt.peer!.echo());
  const frames = (await sightings!.of(attempt.token, 1000))!.frames;
  t.notOk(frames.some(({ opcode }) => opcode === 9));
});

t.test('duplicate and reorder: frames, events, lines', async (t) => {
  const numbers = (body: string) => [...body.matchAll(/"n":(\d+)/g)].map(([, n]) => Number(n));
  const streamed = async (sin: HopSin, how: 'ws' | 'sse' | 'poll') => {
    const { route } = await through(t, { sin });
    const path = `/live?session=s&every=30&count=3${how === 'poll' ? '&poll=&after=0&hold=150' : ''}`;
    if (how === 'poll') {
      await ask(route, `${path}`);
      await new Promise((resolve) => setTimeout(resolve, 150));
      return numbers((await ask(route, path)).body);
    }
    await using attempt = await dial(route, {
      path,
      ...(how === 'sse' && {
        headers: [['Accept', 'text/event-stream']] as const,
        change: { Upgrade: undefined, Connection: undefined },
      }),
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    return numbers(latin1(attempt.peer!.received()));
  };
  for (const how of ['ws', 'sse', 'poll'] as const) {
    t.same(
      (await streamed('duplicate', how)).filter((n) => n > 0),
      [1, 1, 2, 2, 3, 3],
      how,
    );
    t.not(String(await streamed('reorder', how)), '0,1,2,3', how);
  }
});

t.test('delay', async (t) => {
  const { route } = await through(t, { sin: 'delay', delayMs: 150 });
  await using attempt = await dial(route);
  const began = performance.now();
  t.ok(await attempt.peer!.echo());
  t.ok(performance.now() - began >= 290);
});

t.test('connect-anywhere', async (t) => {
  const { route } = await through(t, { sin: 'connect-anywhere' });
  t.match(carelessHop({ sin: 'connect-anywhere' }), { role: 'forward', name: 'careless-hop', standIn: true });
  await using attempt = await dial({ ...route, url: 'ws://127.0.0.1:25' });
  t.equal(attempt.proxyStatus, 502, 'it tried');
});
