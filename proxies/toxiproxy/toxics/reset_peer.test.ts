import t from 'tap';
import { along, rig, STREAMS } from '../testing.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

for (const stream of STREAMS) {
  t.test(`reset_peer resets both sides after the first data, which is dropped, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('reset_peer', { timeout: 150 }, { stream });
    const [from, to] = along(stream, await path.open());
    to.socket.write('the other way');
    t.equal(String(await from.octets(13)), 'the other way');
    await pause(200);
    t.equal(from.socket.destroyed || to.socket.destroyed, false, 'not while the stream is idle');
    const start = performance.now();
    from.socket.write('data');
    t.same(await Promise.all([from.ended, to.ended]), ['rst', 'rst']);
    t.ok(performance.now() - start >= 145);
    t.equal(to.received.length, 0);
  });

  t.test(`added to an open connection it closes with FIN, ${stream}`, async (t) => {
    await using path = await rig();
    const [from, to] = along(stream, await path.open());
    await path.add('reset_peer', { timeout: 0 }, { stream });
    from.socket.write('data');
    t.same(await Promise.all([from.ended, to.ended]), ['fin', 'fin']);
  });

  t.test(`with toxicity 0 data passes and every close is a reset, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('reset_peer', {}, { stream, toxicity: 0 });
    const { client, server } = await path.open();
    client.socket.write('ping');
    t.equal(String(await server.octets(4)), 'ping');
    server.socket.write('pong');
    t.equal(String(await client.octets(4)), 'pong');
    await path.ask('PATCH', '/proxies/rig', { enabled: false });
    t.same(await Promise.all([client.ended, server.ended]), ['rst', 'rst']);
  });
}

t.test('removal waits until the reset is done', async (t) => {
  await using path = await rig();
  await path.add('reset_peer', { timeout: 1000 });
  const { client, server } = await path.open();
  server.socket.write('x');
  await pause(50);
  const start = performance.now();
  t.equal((await path.ask('DELETE', '/proxies/rig/toxics/reset_peer_downstream')).status, 204);
  t.ok(performance.now() - start >= 500);
  t.equal(await client.ended, 'rst');
});
