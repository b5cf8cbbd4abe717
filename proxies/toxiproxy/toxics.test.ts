import t from 'tap';
import { rig } from './testing.js';

t.test('create, show, list', async (t) => {
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

t.test('what is refused, and in which order', async (t) => {
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

t.test('update and delete', async (t) => {
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
