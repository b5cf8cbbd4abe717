import t from 'tap';
import type { Latency } from 'toxiproxy-node-client';
import { rig } from './testing.js';

// Every method of toxiproxy-node-client, used as with the real server.

t.test('server: version, create, get, all, populate, reset', async (t) => {
  await using path = await rig();
  const { api, upstream } = path;
  t.equal(await api.getVersion(), '{"version": "2.12.0"}\n');
  t.ok(api.getApi());
  const made = await api.createProxy({ name: 'made', listen: 'localhost:0', upstream });
  t.match(made.listen, /^127\.0\.0\.1:\d+$/);
  t.same((await api.get('made')).toJson(), { name: 'made', listen: made.listen, upstream, enabled: true });
  t.same(Object.keys(await api.getAll()), ['made', 'rig']);
  const filled = await api.populate([{ name: 'off', listen: '127.0.0.1:0', upstream, enabled: false }]);
  t.equal(filled.off?.enabled, false);
  await api.reset();
  t.equal((await api.get('off')).enabled, true);
  await t.rejects(api.populate([]), TypeError);
});

t.test('proxy: update, remove, toxics', async (t) => {
  await using path = await rig();
  const { api, proxy } = path;
  t.equal(proxy.getPath(), `${path.url}/proxies/rig`);
  const down = await proxy.update({ enabled: false, listen: proxy.listen, upstream: proxy.upstream });
  t.equal(down.enabled, false);
  t.equal(
    (await down.update({ enabled: true, listen: proxy.listen, upstream: proxy.upstream })).enabled,
    true,
  );

  const toxic = await proxy.addToxic<Latency>({
    name: 'slow',
    type: 'latency',
    stream: 'upstream',
    toxicity: 1,
    attributes: { latency: 10, jitter: 0 },
  });
  t.same(toxic.toJson(), {
    name: 'slow',
    type: 'latency',
    stream: 'upstream',
    toxicity: 1,
    attributes: { latency: 10, jitter: 0 },
  });
  t.same((await proxy.getToxic('slow')).toJson(), toxic.toJson());
  const changed = await toxic.update({
    ...toxic.toJson(),
    toxicity: 0.25,
    attributes: { latency: 20, jitter: 5 },
  });
  t.same(changed.attributes, { latency: 20, jitter: 5 });
  t.equal(changed.toxicity, 0.25);
  await changed.remove();
  await t.rejects(proxy.getToxic('slow'), { message: 'Request failed with status code 404' });
  await proxy.remove();
  await t.rejects(api.get('rig'), { message: 'Request failed with status code 404' });
});

t.test('its errors are the statuses', async (t) => {
  await using path = await rig();
  const { api, proxy, upstream } = path;
  await t.rejects(api.createProxy({ name: 'rig', listen: '', upstream }), { message: /status code 409$/ });
  await t.rejects(
    proxy.addToxic({ name: '', type: 'down', stream: 'upstream', toxicity: 1, attributes: {} }),
    {
      message: /status code 400$/,
    },
  );
});
