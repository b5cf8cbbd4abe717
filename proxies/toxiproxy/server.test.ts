import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import t from 'tap';
import { startToxiproxy } from './server.js';
import { portOf, rig } from './testing.js';

t.test('version', async (t) => {
  await using path = await rig();
  const { status, body, headers } = await path.ask('GET', '/version');
  t.equal(status, 200);
  t.equal(body, '{"version": "2.12.0"}\n');
  t.equal(headers.get('content-type'), 'application/json;charset=utf-8');
  t.match(headers.get('x-toxiproxy-request-id'), /^[0-9a-v]{20}$/);
});

t.test('what the router answers by itself', async (t) => {
  await using path = await rig();
  const lost = await path.ask('GET', '/nothing');
  t.equal(lost.status, 404);
  t.equal(lost.body, '404 page not found\n');
  t.equal(lost.headers.get('content-type'), 'text/plain; charset=utf-8');
  t.equal(lost.headers.get('x-toxiproxy-request-id'), null);
  for (const [method, to, status] of [
    ['GET', '/proxies/', 404],
    ['GET', '/metrics', 404],
    ['GET', '/proxies/a/toxics/b/c', 404],
    ['PUT', '/proxies', 405],
    ['HEAD', '/proxies', 405],
    ['GET', '/reset', 405],
    ['PATCH', '/proxies/rig/toxics', 405],
  ] as const) {
    const { status: got, body } = await path.ask(method, to);
    t.equal(got, status, `${method} ${to}`);
    if (status === 405) t.equal(body, '');
  }
  const moved = await path.ask('GET', '//proxies');
  t.equal(moved.status, 301);
  t.equal(moved.headers.get('location'), '/proxies');
});

t.test('browsers are sent away', async (t) => {
  await using path = await rig();
  const answer = await new Promise<http.IncomingMessage>((resolve) => {
    http.get(`${path.url}/version`, { headers: { 'User-Agent': 'Mozilla/5.0' }, agent: false }, resolve);
  });
  t.equal(answer.statusCode, 403);
  let body = '';
  for await (const part of answer) body += part;
  t.equal(body, 'User agent not allowed\n');
  t.match(answer.headers['x-toxiproxy-request-id'], /^[0-9a-v]{20}$/);
});

t.test('proxies: create, show, list', async (t) => {
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

t.test('proxies: what is refused', async (t) => {
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

t.test('a body beyond bounds is refused', async (t) => {
  await using path = await rig();
  const answer = await path.ask('POST', '/proxies', `"${'x'.repeat(5_000_000)}"`);
  t.equal(answer.status, 400);
  t.match(answer.body, 'more than 4194304 bytes');
});

t.test('proxies: update', async (t) => {
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

t.test('proxies: delete', async (t) => {
  await using path = await rig();
  const { client, server } = await path.open();
  const gone = await path.ask('DELETE', '/proxies/rig');
  t.equal(gone.status, 204);
  t.equal(gone.body, '');
  t.same(await Promise.all([client.ended, server.ended]), ['fin', 'fin']);
  t.equal((await path.ask('GET', '/proxies')).body, '{}');
});

t.test('toxics: create, show, list', async (t) => {
  await using path = await rig();
  const at = '/proxies/rig/toxics';
  const slow = await path.ask('POST', at, {
    type: 'latency',
    toxicity: 0.1,
    attributes: { LATENCY: 5, more: true },
  });
  t.equal(slow.status, 200);
  t.equal(slow.headers.get('content-type'), 'application/json');
  const latency =
    '{"attributes":{"latency":5,"jitter":0},"name":"latency_downstream","type":"latency","stream":"downstream","toxicity":0.1}';
  t.equal(slow.body, latency);
  const up = await path.ask('POST', at, { type: 'noop', stream: 'UPSTREAM', attributes: null });
  const noop = '{"attributes":{},"name":"noop_UPSTREAM","type":"noop","stream":"UPSTREAM","toxicity":1}';
  t.equal(up.body, noop);
  t.equal((await path.ask('GET', at)).body, `[${noop},${latency}]`, 'upstream first');
  t.equal((await path.ask('GET', `${at}/noop_UPSTREAM`)).body, noop);
  t.match((await path.ask('GET', '/proxies/rig')).body, `"toxics":[${noop},${latency}]}`);
  for (const [type, attributes] of [
    ['bandwidth', '{"rate":0}'],
    ['slow_close', '{"delay":0}'],
    ['timeout', '{"timeout":0}'],
    ['reset_peer', '{"timeout":0}'],
    ['limit_data', '{"bytes":0}'],
  ])
    t.match(
      (await path.ask('POST', at, { type })).body,
      `{"attributes":${attributes},"name":"${type}_downstream"`,
    );
  t.match(
    (await path.ask('POST', at, { type: 'slicer', attributes: { average_size: 1 } })).body,
    '{"attributes":{"average_size":1,"size_variation":0,"delay":0}',
  );
});

t.test('toxics: what is refused, and in which order', async (t) => {
  await using path = await rig();
  await path.add('noop');
  const at = '/proxies/rig/toxics';
  const invalid = 'stream was invalid, can be either upstream or downstream';
  for (const [body, status, error] of [
    ['{', 400, 'bad request body: unexpected EOF'],
    [{ stream: 'sideways', type: 'nonsense' }, 400, invalid],
    [{ stream: '', type: 'noop' }, 400, invalid],
    [{ type: 'down' }, 400, 'invalid toxic type'],
    [{ type: 'constructor' }, 400, 'invalid toxic type'],
    [{}, 400, 'invalid toxic type'],
    [{ type: 'noop', name: 'noop_downstream', stream: 'upstream' }, 409, 'toxic already exists'],
    [{ type: 'latency', attributes: 'fast' }, 400, /^bad request body: json: /],
    [
      { type: 'latency', attributes: { latency: 1.5 } },
      400,
      /^bad request body: json: .*latency of type int64$/,
    ],
    [{ type: 'latency', toxicity: '1' }, 400, /^bad request body: json: .*toxicity of type float32$/],
  ] as const) {
    const answer = await path.ask('POST', at, body);
    t.equal(answer.status, status, JSON.stringify(body));
    t.match(JSON.parse(answer.body), { error, status });
  }
  t.equal(
    (await path.ask('POST', '/proxies/none/toxics', {})).body,
    '{"error":"proxy not found","status":404}\n',
  );
  for (const method of ['GET', 'PATCH', 'DELETE'])
    t.equal(
      (await path.ask(method, `${at}/none`, method === 'PATCH' ? {} : undefined)).body,
      '{"error":"toxic not found","status":404}\n',
    );
});

t.test('toxics: update and delete', async (t) => {
  await using path = await rig();
  const at = '/proxies/rig/toxics/latency_downstream';
  await path.add('latency', { latency: 5, jitter: 3 });
  const some = await path.ask('PATCH', at, {
    attributes: { jitter: 4 },
    toxicity: 0.5,
    name: 'x',
    stream: 'upstream',
  });
  t.equal(some.status, 200);
  t.equal(
    some.body,
    '{"attributes":{"latency":5,"jitter":4},"name":"latency_downstream","type":"latency","stream":"downstream","toxicity":0.5}',
  );
  const wrong = await path.ask('POST', at, { toxicity: 0.1, attributes: { latency: 77, jitter: 'bad' } });
  t.equal(wrong.status, 400);
  t.match(JSON.parse((await path.ask('GET', at)).body), {
    attributes: { latency: 77, jitter: 4 },
    toxicity: 0.5,
  });
  const gone = await path.ask('DELETE', at);
  t.equal(gone.status, 204);
  t.equal(gone.body, '');
  t.equal((await path.ask('GET', '/proxies/rig/toxics')).body, '[]');
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

t.test('stopping it leaves no listener and no connection', async (t) => {
  const path = await rig();
  const { client, server } = await path.open();
  const api = new URL(path.url);
  await path[Symbol.asyncDispose]();
  t.ok(client.socket.destroyed && server.socket.destroyed);
  for (const port of [Number(api.port), portOf(path.proxy.listen)])
    t.match(await once(net.connect(port, '127.0.0.1'), 'error'), [{ code: 'ECONNREFUSED' }]);
});

t.test('a taken API address is an error', async (t) => {
  const taken = net.createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await t.rejects(startToxiproxy({ host: '127.0.0.1', port }), { code: 'EADDRINUSE' });
  taken.close();
});
