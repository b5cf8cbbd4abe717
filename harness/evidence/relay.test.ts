import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { Passage } from './passage.js';
import { startTap, type Tap } from './relay.js';
import type { From } from './tap-connection.js';

const HERE = { host: '127.0.0.1', port: 0 };

async function listen(t: Test, onConnection: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function tapTo(t: Test, port: number): Promise<Tap> {
  const tap = await startTap({
    listen: HERE,
    upstream: { host: '127.0.0.1', port },
    segment: 'client → origin',
  });
  t.teardown(() => tap[Symbol.asyncDispose]());
  return tap;
}

async function dial(t: Test, { address }: Tap): Promise<Socket> {
  const socket = net.connect({ ...address, allowHalfOpen: true, noDelay: true });
  socket.on('error', () => {});
  t.teardown(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

async function until(what: () => boolean): Promise<void> {
  const late = performance.now() + 5000;
  while (!what() && performance.now() < late) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** `client open`, `server data 3` … */
const told = (tap: Tap, from?: From) =>
  tap.connections[0]!.events.filter((event) => !from || event.from === from).map(
    ({ from, kind, length, why }) =>
      [from, kind, ...(length ? [length] : []), ...(why ? [why] : [])].join(' '),
  );

type Ends = 'end' | 'reset';

/** What the far side sees of a socket. */
function watch(socket: Socket): { text: string; end?: Ends } {
  const seen: { text: string; end?: Ends } = { text: '' };
  socket.on('data', (chunk) => {
    seen.text += chunk;
  });
  socket.on('end', () => {
    seen.end ??= 'end';
  });
  socket.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ECONNRESET') seen.end = 'reset';
  });
  return seen;
}

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

t.test('a slow taker slows the giver down, and nothing is lost', async (t) => {
  const SIZE = 24 * 1024 * 1024;
  let far: Socket | undefined;
  let got = 0;
  const port = await listen(t, (socket) => {
    far = socket.pause();
  });
  const tap = await tapTo(t, port);
  const client = await dial(t, tap);
  client.end(Buffer.alloc(SIZE, 'abcdefgh'));
  await until(() => far !== undefined);
  const taken = () => tap.connections[0]!.events.reduce((sum, { length }) => sum + length, 0);
  let before = -1;
  while (taken() !== before) {
    before = taken();
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  t.ok(before < SIZE, 'not all was taken from a client whose server takes nothing');
  far!.on('data', (chunk) => {
    got += chunk.length;
  });
  far!.resume();
  await until(() => got === SIZE);
  t.equal(got, SIZE);
  const { events } = tap.connections[0]!;
  const data = events.filter(({ kind, from }) => kind === 'data' && from === 'client');
  t.equal(taken(), SIZE, 'every octet is counted');
  const kept = data.filter(({ bytes }) => bytes);
  t.equal(
    kept.reduce((sum, { bytes }) => sum + bytes!.length, 0),
    (256 + 64) * 1024,
    'the first and the last are kept',
  );
  const between = data.find(({ bytes }) => !bytes)!;
  t.equal(between.offset, 256 * 1024);
  t.equal(between.offset + between.length, SIZE - 64 * 1024);
  t.ok(between.until! >= between.at);
  let offset = 0;
  for (const event of data) {
    t.equal(event.offset, offset);
    offset += event.length;
  }
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

t.test('thousands of single octets cost no more than their bound', async (t) => {
  const { Track } = await import('./keep.js');
  const track = new Track('client', { left: 1_000_000 });
  for (let n = 0; n < 20_000; n++) track.data(n, n, Uint8Array.of(n & 0xff));
  const { events } = track;
  t.ok(events.length <= 4096 + 1024 + 1);
  const last = events.at(-1)!.event;
  t.same([last.offset, last.bytes], [19_999, Uint8Array.of(19_999 & 0xff)]);
  const between = events.find(({ event }) => !event.bytes)!.event;
  t.same([between.offset, between.length], [4096, 20_000 - 4096 - 1024]);
});

t.test('more of the beginning is kept where that is asked for', async (t) => {
  const { Track } = await import('./keep.js');
  const kept = (first?: number) => {
    const track = new Track('client', { left: 10_000_000, ...(first && { first }) });
    for (let n = 0; n < 10; n++) track.data(n, n, Buffer.alloc(100_000));
    return track.events.reduce((sum, { event }) => sum + (event.bytes?.length ?? 0), 0);
  };
  t.equal(kept(), (256 + 64) * 1024);
  t.equal(kept(1_000_000), 1_000_000);
});

t.test('when the budget is spent, octets are counted', async (t) => {
  const { Track } = await import('./keep.js');
  const budget = { left: 10 };
  const track = new Track('server', budget);
  track.data(0, 1, Buffer.alloc(8));
  track.data(1, 2, Buffer.alloc(8));
  track.mark(2, 3, 'fin');
  t.same(
    track.events.map(({ event }) => [event.kind, event.offset, event.length, event.bytes?.length]),
    [
      ['data', 0, 8, 8],
      ['data', 8, 2, 2],
      ['data', 10, 6, undefined],
      ['fin', 16, 0, undefined],
    ],
  );
  t.ok(budget.left >= 0);
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
