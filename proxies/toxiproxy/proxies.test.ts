import { once } from 'node:events';
import net from 'node:net';
import t from 'tap';
import { portOf, rig } from './testing.js';

t.test('create, show, list', async (t) => {
  await using path = await rig();
  const { upstream, proxy } = path;
  const made = await path.ask('POST', '/proxies', {
    NAME: 'b<',
    Upstream: upstream,
    listen: 'localhost:0',
    other: 1,
  });
  t.equal(made.status, 201);
  t.equal(made.headers.get('content-type'), 'application/json');
  const { listen } = JSON.parse(made.body);
  t.match(listen, /^127\.0\.0\.1:[1-9]\d*$/);
  const shown = `{"name":"b\\u003c","listen":"${listen}","upstream":"${upstream}","enabled":true,"Logger":{},"toxics":[]}`;
  t.equal(made.body, shown);
  t.equal((await path.ask('GET', '/proxies/b%3C')).body, shown);
  const rest = `{"name":"rig","listen":"${proxy.listen}","upstream":"${upstream}","enabled":true,"Logger":{},"toxics":[]}`;
  t.equal((await path.ask('GET', '/proxies')).body, `{"b\\u003c":${shown},"rig":${rest}}`);

  const any = JSON.parse((await path.ask('POST', '/proxies', { name: 'any', upstream })).body);
  t.match(any.listen, /^(\[::\]|0\.0\.0\.0):[1-9]\d*$/);
  const off = await path.ask('POST', '/proxies', {
    name: 'off',
    upstream: 'nowhere',
    listen: 'localhost:0',
    enabled: false,
  });
  t.equal(
    off.body,
    '{"name":"off","listen":"localhost:0","upstream":"nowhere","enabled":false,"Logger":{},"toxics":[]}',
  );
});

t.test('what is refused', async (t) => {
  await using path = await rig();
  const { listen } = path.proxy;
  for (const [body, status, error] of [
    ['', 400, 'bad request body: EOF'],
    ['null', 400, 'missing required field: name'],
    [{ name: '', upstream: '' }, 400, 'missing required field: name'],
    [{ name: 'x' }, 400, 'missing required field: upstream'],
    [{ name: 'rig', upstream: 'a:1' }, 409, 'proxy already exists'],
    [{ name: 'x', upstream: 'a:1', listen }, 500, `listen tcp ${listen}: bind: address already in use`],
    [
      { name: 'x', upstream: 'a:1', listen: 'nonsense' },
      500,
      'listen tcp: address nonsense: missing port in address',
    ],
    [
      { name: 'x', upstream: 'a:1', listen: 'a:b:1' },
      500,
      'listen tcp: address a:b:1: too many colons in address',
    ],
    [
      { name: 'x', upstream: 'a:1', listen: '127.0.0.1:zero' },
      500,
      'listen tcp: lookup tcp/zero: unknown port',
    ],
    [
      { name: 'x', upstream: 'a:1', listen: '127.0.0.1:70000' },
      500,
      'listen tcp: address 70000: invalid port',
    ],
    [{ name: 7, upstream: 'a:1' }, 400, /^bad request body: json: cannot unmarshal number/],
  ] as const) {
    const answer = await path.ask('POST', '/proxies', body);
    t.equal(answer.status, status, JSON.stringify(body));
    t.match(JSON.parse(answer.body), { error, status });
    t.ok(answer.body.endsWith('}\n'));
    t.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
  }
  t.equal((await path.ask('GET', '/proxies/x')).status, 404, 'a proxy that failed is not there');
  for (const method of ['GET', 'PATCH', 'DELETE'])
    t.equal(
      (await path.ask(method, '/proxies/x', method === 'PATCH' ? {} : undefined)).body,
      '{"error":"proxy not found","status":404}\n',
    );
});

t.test('update', async (t) => {
  await using path = await rig();
  const { client, server } = await path.open();
  const { listen } = path.proxy;
  const same = await path.ask('PATCH', '/proxies/rig', { listen, enabled: true, name: 'other', toxics: 3 });
  t.equal(same.status, 200);
  client.socket.write('still here');
  t.equal(String(await server.octets(10)), 'still here', 'the same values change nothing');
  const bad = await path.ask('POST', '/proxies/rig', { listen: 'bad' });
  t.equal(bad.status, 500);
  t.equal(JSON.parse(bad.body).error, 'address bad: missing port in address');

  await path.add('noop');
  const down = await path.ask('PATCH', '/proxies/rig', { enabled: false });
  t.match(JSON.parse(down.body), { listen, enabled: false, toxics: [{ name: 'noop_downstream' }] });
  t.same(await Promise.all([client.ended, server.ended]), ['fin', 'fin']);
  const refused = net.connect(portOf(listen), '127.0.0.1');
  t.match(await once(refused, 'error'), [{ code: 'ECONNREFUSED' }]);

  const up = await path.ask('POST', '/proxies/rig', { enabled: true });
  t.match(JSON.parse(up.body), { listen, enabled: true });
  const second = await path.open();
  const moved = await path.ask('PATCH', '/proxies/rig', { listen: '127.0.0.1:0' });
  t.not(JSON.parse(moved.body).listen, listen);
  t.same(await Promise.all([second.client.ended, second.server.ended]), ['fin', 'fin']);
});

t.test('delete', async (t) => {
  await using path = await rig();
  const { client, server } = await path.open();
  const gone = await path.ask('DELETE', '/proxies/rig');
  t.equal(gone.status, 204);
  t.equal(gone.body, '');
  t.same(await Promise.all([client.ended, server.ended]), ['fin', 'fin']);
  t.equal((await path.ask('GET', '/proxies')).body, '{}');
});

t.test('populate', async (t) => {
  await using path = await rig();
  const { listen } = path.proxy;
  const { upstream } = path;
  await path.add('noop');
  const { client, server } = await path.open();
  const kept = await path.ask('POST', '/populate', [
    { name: 'rig', listen, upstream, enabled: false },
    { name: 'new', listen: '127.0.0.1:0', upstream },
    { name: 'off', listen: 'x', upstream, enabled: false },
  ]);
  t.equal(kept.status, 201);
  t.equal(kept.headers.get('content-type'), 'application/json');
  t.match(JSON.parse(kept.body), {
    proxies: [
      { name: 'rig', enabled: true, toxics: [{ name: 'noop_downstream' }] },
      { name: 'new', enabled: true, toxics: [] },
      { name: 'off', enabled: false, listen: 'x' },
    ],
  });
  client.socket.write('alive');
  t.equal(String(await server.octets(5)), 'alive');

  const replaced = await path.ask('POST', '/populate', [{ name: 'rig', listen, upstream: 'localhost:1' }]);
  t.match(JSON.parse(replaced.body).proxies, [{ name: 'rig', upstream: 'localhost:1', toxics: [] }]);
  t.same(await Promise.all([client.ended, server.ended]), ['fin', 'fin']);

  for (const [body, status, answer] of [
    ['[]', 201, '{"proxies":null}'],
    ['null', 201, '{"proxies":null}'],
    [
      '[{"name":"a","upstream":"b"},{}]',
      400,
      '{"error":"missing required field: name at proxy 2","status":400,"proxies":null}',
    ],
    [
      '[{"name":"a"}]',
      400,
      '{"error":"missing required field: upstream at proxy 1","status":400,"proxies":null}',
    ],
    ['', 400, '{"error":"bad request body: EOF","status":400,"proxies":null}'],
  ] as const) {
    const got = await path.ask('POST', '/populate', body);
    t.equal(got.status, status, body);
    t.equal(got.body, answer);
    t.equal(got.headers.get('content-type'), 'application/json');
  }
  t.equal((await path.ask('GET', '/proxies/a')).status, 404, 'all are looked at before any is created');
  const partly = await path.ask('POST', '/populate', [
    { name: 'one', upstream, enabled: false },
    { name: 'two', upstream, listen },
    { name: 'three', upstream },
  ]);
  t.equal(partly.status, 500);
  t.match(JSON.parse(partly.body), {
    error: /address already in use$/,
    status: 500,
    proxies: [{ name: 'one' }],
  });
  t.equal((await path.ask('GET', '/proxies/three')).status, 404);
});

t.test('reset takes every proxy up and every toxic away', async (t) => {
  await using path = await rig();
  const { upstream } = path;
  await path.add('latency', { latency: 1 });
  await path.add('latency', { latency: 1 }, { stream: 'upstream' });
  await path.ask('POST', '/proxies', { name: 'off', upstream, listen: '127.0.0.1:0', enabled: false });
  const { status, body } = await path.ask('POST', '/reset');
  t.equal(status, 204);
  t.equal(body, '');
  const all = JSON.parse((await path.ask('GET', '/proxies')).body);
  t.match(all, { off: { enabled: true, toxics: [] }, rig: { enabled: true, toxics: [] } });

  await path.ask('PATCH', '/proxies/off', { enabled: false });
  const taken = net.createServer().listen(portOf(all.off.listen), '127.0.0.1');
  await once(taken, 'listening');
  t.equal((await path.ask('POST', '/reset')).status, 500);
  taken.close();
});
