import net from 'node:net';
import t from 'tap';
import { along, End, numbered, portOf, rig, STREAMS } from './testing.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

for (const stream of STREAMS) {
  t.test(`there is no half-close, ${stream}`, async (t) => {
    await using path = await rig();
    const [from, to] = along(stream, await path.open());
    from.socket.end('last words');
    t.equal(await to.ended, 'fin');
    t.equal(String(to.received), 'last words');
    t.equal(await from.ended, 'fin', 'its own FIN comes back');
    to.socket.on('error', () => {});
    to.socket.write('too late');
    await pause(50);
    t.equal(from.received.length, 0);
  });

  t.test(`a reset arrives as an end, ${stream}`, async (t) => {
    await using path = await rig();
    const [from, to] = along(stream, await path.open());
    from.socket.write('x');
    await to.octets(1);
    from.socket.resetAndDestroy();
    t.equal(await to.ended, 'fin');
  });

  t.test(`nothing is lost or reordered while toxics come and go, ${stream}`, async (t) => {
    await using path = await rig();
    const [from, to] = along(stream, await path.open());
    const data = numbered(2_000_000);
    const written = (async () => {
      for (let at = 0; at < data.length; at += 20_000) {
        from.socket.write(data.subarray(at, at + 20_000));
        await pause(2);
      }
    })();
    const base = '/proxies/rig/toxics';
    for (let round = 0; round < 5; round++) {
      await path.add('latency', { latency: 20, jitter: 10 }, { stream });
      await path.add('slicer', { average_size: 5000, size_variation: 1000, delay: 50 }, { stream });
      await path.add('bandwidth', { rate: 3000 }, { stream, toxicity: 0.5 });
      await path.ask('PATCH', `${base}/latency_${stream}`, { attributes: { latency: round } });
      await path.ask('DELETE', `${base}/slicer_${stream}`);
      await path.ask('DELETE', `${base}/latency_${stream}`);
      await path.ask('DELETE', `${base}/bandwidth_${stream}`);
    }
    await written;
    t.equal((await to.octets(data.length)).equals(data), true);
    from.socket.end();
    t.equal(await to.ended, 'fin');
  });

  t.test(`who does not read holds up who writes, ${stream}`, async (t) => {
    await using path = await rig();
    await path.add('noop', {}, { stream });
    const [from, to] = along(stream, await path.open());
    to.socket.pause();
    const data = numbered(32 * 1024 * 1024);
    from.socket.write(data);
    let left = -1;
    while (left !== from.socket.writableLength) {
      left = from.socket.writableLength;
      await pause(200);
    }
    t.ok(left > 0, 'the writer has not got rid of all');
    to.socket.resume();
    t.equal((await to.octets(data.length)).equals(data), true);
  });

  t.test(`a toxic added to an open connection works on what comes next, ${stream}`, async (t) => {
    await using path = await rig();
    const [from, to] = along(stream, await path.open());
    from.socket.write('before');
    await to.octets(6);
    await path.add('latency', { latency: 100 }, { stream });
    const start = performance.now();
    from.socket.write('after');
    t.equal(String(await to.octets(11)), 'beforeafter');
    t.ok(performance.now() - start >= 95);
  });
}

t.test('toxicity: a connection is hit or not as a whole', async (t) => {
  await using path = await rig();
  await path.add('limit_data', { bytes: 1 }, { toxicity: 0.5 });
  let hit = 0;
  for (let round = 0; round < 60; round++) {
    const { client, server } = await path.open();
    server.socket.write('ab');
    hit += (await client.octets(2)).length === 1 ? 1 : 0;
    client.socket.destroy();
  }
  // Fails by chance less than once in 10^9 runs.
  t.ok(hit >= 8 && hit <= 52, `${hit} of 60`);

  await path.ask('PATCH', '/proxies/rig/toxics/limit_data_downstream', { toxicity: 0 });
  for (let round = 0; round < 10; round++) {
    const { client, server } = await path.open();
    server.socket.write('ab');
    t.equal((await client.octets(2)).length, 2);
  }
});

t.test('an upstream that refuses: the client is accepted, then closed', async (t) => {
  await using path = await rig();
  for (const upstream of ['127.0.0.1:1', 'no port']) {
    await path.ask('PATCH', '/proxies/rig', { upstream });
    const socket = net.connect({ port: portOf(path.proxy.listen), host: '127.0.0.1', allowHalfOpen: true });
    const client = new End(socket);
    t.equal(await client.ended, 'fin', upstream);
    socket.destroy();
  }
});

t.test('deleting a toxic that stalls its connection lets the connection go on', async (t) => {
  await using path = await rig();
  await path.add('noop');
  await path.add('bandwidth', { rate: 0 });
  const { client, server } = await path.open();
  const data = numbered(300_000);
  server.socket.end(data);
  await pause(50);
  t.equal((await path.ask('DELETE', '/proxies/rig/toxics/noop_downstream')).status, 204);
  t.equal(client.received.length, 0);
  t.equal((await path.ask('DELETE', '/proxies/rig/toxics/bandwidth_downstream')).status, 204);
  t.equal((await client.octets(data.length)).equals(data), true);
  t.equal(await client.ended, 'fin');
});
