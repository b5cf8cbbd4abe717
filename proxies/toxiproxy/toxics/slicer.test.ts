import t from 'tap';
import { along, cut, numbered, rig, STREAMS } from '../testing.js';
import slicer from './slicer.js';

t.test('pieces are halves of halves, around the average', async (t) => {
  const exact = { average_size: 64, size_variation: 0, delay: 0 };
  t.same(await cut(slicer, exact, numbered(500)), [62, 63, 62, 63, 62, 63, 62, 63]);
  t.same(await cut(slicer, exact, numbered(64)), [64]);
  const sizes = await cut(slicer, { average_size: 100, size_variation: 20, delay: 0 }, numbered(32_768));
  t.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    32_768,
  );
  t.ok(sizes.every((size) => size > 0 && size <= 120));
  t.ok(new Set(sizes).size > 3, 'they vary');
});

for (const stream of STREAMS) {
  t.test(`slicer waits after each piece, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('slicer', { average_size: 64, delay: 20_000 }, { stream });
    const [from, to] = along(stream, await path.open());
    const data = numbered(500);
    const start = performance.now();
    from.socket.write(data);
    t.equal((await to.octets(500)).equals(data), true);
    t.ok(performance.now() - start >= 7 * 18, 'with the delay after each');
  });

  t.test(`pieces vary, and nothing is lost, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('slicer', { average_size: 1000, size_variation: 400, delay: 10 }, { stream });
    const [from, to] = along(stream, await path.open());
    const data = numbered(300_000);
    from.socket.end(data);
    t.equal(await to.ended, 'fin');
    t.equal(to.received.equals(data), true);
  });

  t.test(`the rest goes in one piece when the toxic is removed, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('slicer', { average_size: 10, delay: 60_000_000 }, { stream });
    const [from, to] = along(stream, await path.open());
    const data = numbered(100);
    from.socket.write(data);
    await to.octets(1);
    await path.ask('DELETE', `/proxies/rig/toxics/slicer_${stream}`);
    t.equal((await to.octets(100)).equals(data), true);
    t.equal(to.pieces.length, 2);
  });
}

t.test('sizes of which the original dies are refused', async (t) => {
  await using path = await rig();
  for (const attributes of [
    {},
    { average_size: 0 },
    { average_size: 5, size_variation: 6 },
    { average_size: -1 },
  ]) {
    const { status, body } = await path.ask('POST', '/proxies/rig/toxics', { type: 'slicer', attributes });
    t.equal(status, 400);
    t.match(JSON.parse(body).error, /^bad request body: slicer: (average_size|size_variation) /);
  }
});
