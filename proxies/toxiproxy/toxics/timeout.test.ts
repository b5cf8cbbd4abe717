import t from 'tap';
import { along, rig, STREAMS } from '../testing.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

for (const stream of STREAMS) {
  t.test(`timeout 0 drops data for ever and lets the other way pass, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('timeout', { timeout: 0 }, { stream });
    const [from, to] = along(stream, await path.open());
    from.socket.write('lost');
    to.socket.write('kept');
    t.equal(String(await from.octets(4)), 'kept');
    await pause(100);
    t.equal(to.received.length, 0);
    t.equal(to.socket.readableEnded, false);
    from.socket.end();
    t.equal(await to.ended, 'fin', 'the end of the stream passes');
  });

  t.test(`timeout closes with FIN after so long without data, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('timeout', { timeout: 800 }, { stream });
    const [from, to] = along(stream, await path.open());
    const start = performance.now();
    let last = start;
    for (let round = 0; round < 10; round++) {
      await pause(100);
      from.socket.write('x');
      last = performance.now();
    }
    t.same(await Promise.all([from.ended, to.ended]), ['fin', 'fin']);
    t.ok(performance.now() - last >= 795, 'every chunk starts the time anew');
    t.equal(to.received.length, 0);
  });

  t.test(`an idle connection is closed too, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('timeout', { timeout: 100 }, { stream });
    const start = performance.now();
    const { client, server } = await path.open();
    t.same(await Promise.all([client.ended, server.ended]), ['fin', 'fin']);
    t.ok(performance.now() - start >= 95);
  });

  t.test(`removing it closes the connection, ${stream}`, async (t) => {
    await using path = await rig();
    const { client, server } = await path.open();
    await path.add('timeout', { timeout: 0 }, { stream });
    await path.ask('DELETE', `/proxies/rig/toxics/timeout_${stream}`);
    t.same(await Promise.all([client.ended, server.ended]), ['fin', 'fin']);
    await path.add('timeout', { timeout: -5 }, { stream });
    const second = await path.open();
    await path.ask('POST', '/reset');
    t.same(await Promise.all([second.client.ended, second.server.ended]), ['fin', 'fin']);
  });
}
