import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import t from 'tap';
import { Passage } from './passage.js';
import { startTap } from './relay.js';
import { dial, type Ends, HERE, listen, tapTo, told, until, watch } from './testing/tapped.js';

t.test('a half-close stays one: the other direction goes on', async (t) => {
  const port = await listen(t, (socket) => {
    socket.on('data', () => {});
    socket.on('end', () => setTimeout(() => socket.end('still here'), 20));
  });
  const tap = await tapTo(t, port);
  const client = await dial(t, tap);
  const seen = watch(client);
  client.end('question');
  await until(() => tap.connections[0]?.endedAt !== undefined && seen.end !== undefined);
  t.same(seen, { text: 'still here', end: 'end' });
  t.same(told(tap, 'client'), ['client open', 'client data 8', 'client fin']);
  t.same(told(tap, 'server'), ['server open', 'server data 10', 'server fin']);
  const kinds = told(tap);
  t.ok(kinds.indexOf('client fin') < kinds.indexOf('server data 10'), 'in the order of time');
  t.ok(tap.connections[0]!.through!.port > 0);
});

t.test('the server may be the one that half-closes', async (t) => {
  let got = '';
  const port = await listen(t, (socket) => {
    socket.on('data', (chunk) => {
      got += chunk;
    });
    socket.end('bye');
  });
  const tap = await tapTo(t, port);
  const client = await dial(t, tap);
  await once(client.resume(), 'end');
  client.write('late');
  client.end();
  await until(() => tap.connections[0]?.endedAt !== undefined && got !== '');
  t.equal(got, 'late');
});

for (const later of [0, 20]) {
  t.test(`an RST stays an RST, ${later} ms after octets`, async (t) => {
    let far: { text: string; end?: Ends } | undefined;
    const port = await listen(t, (socket) => {
      far = watch(socket);
    });
    const tap = await tapTo(t, port);
    const client = await dial(t, tap);
    await until(() => far !== undefined);
    client.write('last words');
    if (later) await new Promise((resolve) => setTimeout(resolve, later));
    client.resetAndDestroy();
    await until(() => tap.connections[0]?.endedAt !== undefined && far?.text !== '');
    t.equal(far?.text, 'last words');
    t.same(told(tap, 'client'), ['client open', 'client data 10', 'client rst']);
    if (later) {
      await until(() => far?.end !== undefined);
      t.equal(far?.end, 'reset');
    }
  });

  t.test(`and so does one of the server's, ${later} ms after octets`, async (t) => {
    const port = await listen(t, (socket) => {
      socket.write('last words');
      setTimeout(() => socket.resetAndDestroy(), later);
    });
    const tap = await tapTo(t, port);
    const client = await dial(t, tap);
    const seen = watch(client);
    await until(() => tap.connections[0]?.endedAt !== undefined && seen.end !== undefined);
    t.equal(seen.text, 'last words');
    t.same(told(tap, 'server'), ['server open', 'server data 10', 'server rst']);
    if (later) t.equal(seen.end, 'reset');
  });
}

t.test('an RST after a FIN of the other side', async (t) => {
  const port = await listen(t, (socket) => {
    socket.resume();
    socket.on('end', () => setTimeout(() => socket.resetAndDestroy(), 20));
  });
  const tap = await tapTo(t, port);
  const client = await dial(t, tap);
  const seen = watch(client);
  client.end('x');
  await until(() => seen.end !== undefined);
  t.equal(seen.end, 'reset');
  t.same(told(tap, 'server'), ['server open', 'server rst']);
});

t.test('a refused connection is an RST to the client, and the record says why', async (t) => {
  const gone = await listen(t, () => {});
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  t.not(port, gone);
  const tap = await tapTo(t, port);
  const client = await dial(t, tap);
  const seen = watch(client);
  await until(() => seen.end !== undefined);
  t.equal(seen.end, 'reset');
  t.same(told(tap), ['client open', 'server rst ECONNREFUSED']);
});

t.test('an RST behind a FIN that is still on its way', async (t) => {
  let far: Socket | undefined;
  const port = await listen(t, (socket) => {
    far = socket.pause();
  });
  const onward = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  t.teardown(() => onward.destroy());
  await once(onward, 'connect');
  // More than the system takes for a server that takes nothing, so that no FIN can go.
  onward.write(Buffer.alloc(16 * 1024 * 1024));
  let near: Socket | undefined;
  const front = await listen(t, (socket) => {
    near = socket;
  });
  const client = net.connect({ port: front, host: '127.0.0.1', allowHalfOpen: true });
  client.on('error', () => {});
  t.teardown(() => client.destroy());
  await until(() => near !== undefined && far !== undefined);
  const upstream = { host: '127.0.0.1', port };
  const clock = () => performance.now();
  const passage = new Passage(near!, onward, { id: 1, segment: 's', upstream, clock, budget: { left: 100 } });
  const kinds = () => passage.events.map(({ from, kind, why }) => [from, kind, why ?? ''].join(' ').trim());
  client.end();
  await until(() => kinds().includes('client fin'));
  client.resetAndDestroy();
  // Nobody reads from who has sent a FIN: its RST is seen when something is written to it.
  await until(() => {
    far!.write('x');
    return kinds().includes('client rst');
  });
  far!.resume();
  await until(() => passage.endedAt !== undefined);
  t.ok(passage.endedAt, 'and it is over');
  const ends = kinds().filter((kind) => /fin|rst/.test(kind));
  t.same(ends.slice(0, 2), ['client fin', 'client rst']);
  t.notMatch(ends.join(), 'EINVAL');
});

t.test('disposing of it leaves nothing open', async (t) => {
  const port = await listen(t, (socket) => socket.resume());
  const tap = await startTap({ listen: HERE, upstream: { host: '127.0.0.1', port }, segment: 's' });
  const client = net.connect(tap.address);
  client.on('error', () => {});
  await once(client, 'connect');
  await until(() => tap.connections.length === 1);
  await tap[Symbol.asyncDispose]();
  await until(() => tap.connections[0]!.endedAt !== undefined);
  t.ok(tap.connections[0]!.endedAt! >= tap.connections[0]!.openedAt);
  await t.rejects(startTap({ listen: { host: '127.0.0.1', port }, upstream: HERE, segment: 's' }), {
    code: 'EADDRINUSE',
  });
});
