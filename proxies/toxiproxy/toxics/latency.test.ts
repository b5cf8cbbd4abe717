import t from 'tap';
import { along, numbered, rig, STREAMS } from '../testing.js';

for (const stream of STREAMS) {
  t.test(`latency delays data of its own stream only, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('latency', { latency: 150 }, { stream });
    const [from, to] = along(stream, await path.open());
    const start = performance.now();
    from.socket.write('hello');
    await to.octets(5);
    t.ok(to.pieces[0]!.at - start >= 145, 'not before the latency');
    await path.ask('PATCH', `/proxies/rig/toxics/latency_${stream}`, { attributes: { latency: 60_000 } });
    from.socket.write('later');
    to.socket.write('back');
    t.equal(String(await from.octets(4)), 'back', 'the other way is not delayed');
    t.equal(String(to.received), 'hello');
  });

  t.test(`latency overlaps: in order, each from when it came, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('latency', { latency: 200, jitter: 50 }, { stream });
    const [from, to] = along(stream, await path.open());
    const data = numbered(400_000);
    const start = performance.now();
    for (let at = 0; at < data.length; at += 10_000) from.socket.write(data.subarray(at, at + 10_000));
    t.equal((await to.octets(data.length)).equals(data), true);
    t.ok(to.pieces[0]!.at - start >= 145);
    t.ok(performance.now() - start < 40 * 150, 'the delays do not add up');
  });

  t.test(`latencies of two toxics add up, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('latency', { latency: 80 }, { stream });
    await path.ask('POST', '/proxies/rig/toxics', {
      name: 'more',
      type: 'latency',
      stream,
      attributes: { latency: 80 },
    });
    const [from, to] = along(stream, await path.open());
    const start = performance.now();
    from.socket.write('x');
    await to.octets(1);
    t.ok(performance.now() - start >= 155);
  });

  t.test(`the end is not delayed, except behind data, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('latency', { latency: 60_000 }, { stream });
    const [from, to] = along(stream, await path.open());
    from.socket.end();
    t.equal(await to.ended, 'fin');

    await path.ask('PATCH', `/proxies/rig/toxics/latency_${stream}`, { attributes: { latency: 300 } });
    const [writer, reader] = along(stream, await path.open());
    const sent = performance.now();
    writer.socket.end('last');
    t.equal(await reader.ended, 'fin');
    t.equal(String(reader.received), 'last');
    t.ok(performance.now() - sent >= 295);
  });

  t.test(`what waits goes at once, in order, when the toxic is removed, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('latency', { latency: 60_000 }, { stream });
    const [from, to] = along(stream, await path.open());
    const data = numbered(200_000);
    from.socket.write(data);
    await new Promise((resolve) => setTimeout(resolve, 50));
    t.equal(to.received.length, 0);
    await path.ask('DELETE', `/proxies/rig/toxics/latency_${stream}`);
    t.equal((await to.octets(data.length)).equals(data), true);
  });

  t.test(`a change lets the chunk in hand go, and holds for those that wait, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('latency', { latency: 60_000 }, { stream });
    const [from, to] = along(stream, await path.open());
    const start = performance.now();
    from.socket.write('one');
    await new Promise((resolve) => setTimeout(resolve, 20));
    from.socket.write('two');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await path.ask('PATCH', `/proxies/rig/toxics/latency_${stream}`, { attributes: { latency: 300 } });
    t.equal(String(await to.octets(3)), 'one');
    t.equal(String(await to.octets(6)), 'onetwo');
    t.ok(performance.now() - start >= 310);
  });
}
