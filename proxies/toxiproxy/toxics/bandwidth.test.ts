import t from 'tap';
import { along, cut, numbered, rig, STREAMS } from '../testing.js';
import bandwidth from './bandwidth.js';

t.test('chunks are cut into steps of 100 ms', async (t) => {
  t.same(await cut(bandwidth, { rate: 100 }, numbered(32_768)), [10_000, 10_000, 10_000, 2768]);
  t.same(await cut(bandwidth, { rate: 100 }, numbered(10_000)), [10_000]);
});

for (const stream of STREAMS) {
  t.test(`bandwidth lets rate bytes a millisecond through, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('bandwidth', { rate: 100 }, { stream });
    const [from, to] = along(stream, await path.open());
    const data = numbered(32_768);
    const start = performance.now();
    from.socket.write(data);
    t.equal((await to.octets(data.length)).equals(data), true);
    t.ok(performance.now() - start >= 320);
  });

  t.test(`a small chunk waits for its share, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('bandwidth', { rate: 1 }, { stream });
    const [from, to] = along(stream, await path.open());
    const start = performance.now();
    from.socket.write(numbered(50));
    await to.octets(50);
    t.ok(performance.now() - start >= 48);
  });

  t.test(`rate 0 stalls, until the toxic goes, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('bandwidth', { rate: 0 }, { stream });
    const [from, to] = along(stream, await path.open());
    const data = numbered(100_000);
    from.socket.write(data);
    await new Promise((resolve) => setTimeout(resolve, 250));
    t.equal(to.received.length, 0);
    t.equal(to.socket.readableEnded, false);
    await path.ask('DELETE', `/proxies/rig/toxics/bandwidth_${stream}`);
    t.equal((await to.octets(data.length)).equals(data), true, 'nothing is lost');
  });
}

t.test('a rate below 0 is refused, as the original dies of it', async (t) => {
  await using path = await rig();
  t.same(
    (await path.ask('POST', '/proxies/rig/toxics', { type: 'bandwidth', attributes: { rate: -1 } })).status,
    400,
  );
  await path.add('bandwidth', { rate: 5 });
  const { status, body } = await path.ask('PATCH', '/proxies/rig/toxics/bandwidth_downstream', {
    attributes: { rate: -1 },
  });
  t.equal(status, 400);
  t.same(JSON.parse(body), { error: 'bad request body: bandwidth: rate -1 is below 0', status: 400 });
  t.match(
    (await path.ask('GET', '/proxies/rig/toxics/bandwidth_downstream')).body,
    '{"attributes":{"rate":5}',
  );
});
