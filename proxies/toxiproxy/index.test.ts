import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import type { Intermediary, Site } from '../../harness/model.js';
import { blackHole, cutAfter, cutAfterBytes, halfOpen, resets, toxiproxy } from './index.js';
import { End } from './testing.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const listening = async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};
const addressOf = (server: net.Server) => ({
  host: '127.0.0.1',
  port: (server.address() as AddressInfo).port,
});

/** An intermediary in front of a server of the test's own, as the in-process runtime starts it. */
async function place(intermediary: Intermediary) {
  const origin = net.createServer({ allowHalfOpen: true });
  origin.listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const free = [await listening(), await listening()];
  const [listen, api] = free.map(addressOf);
  for (const server of free) await new Promise((done) => server.close(done));
  const site = { listen, upstream: addressOf(origin), ports: { api } } as unknown as Site;
  const running = await intermediary.embed!(site);
  try {
    await intermediary.after!(site);
  } catch (error) {
    origin.close();
    await running[Symbol.asyncDispose]();
    throw error;
  }
  const sockets = new Set<Socket>();
  const pull = (name: string) => intermediary.levers!(site)[name]!();
  return {
    site,
    pull,
    async connect() {
      const socket = net.connect({ ...site.listen, allowHalfOpen: true });
      sockets.add(socket);
      const [arrived] = (await once(origin, 'connection')) as [Socket];
      sockets.add(arrived);
      return { client: new End(socket), server: new End(arrived) };
    },
    async refused() {
      const [error] = await once(net.connect(site.listen), 'error');
      return (error as NodeJS.ErrnoException).code;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      origin.close();
      await running[Symbol.asyncDispose]();
    },
  };
}

interface Ends {
  client: End;
  server: End;
}

/** Sends `text` both ways; what came of it, waiting for what is expected and a little for what is not. */
async function exchange({ client, server }: Ends, text: string, expected: { up: string; down: string }) {
  const before = [client.received.length, server.received.length] as const;
  client.socket.write(text);
  server.socket.write(text);
  await Promise.all([
    client.octets(before[0] + expected.down.length),
    server.octets(before[1] + expected.up.length),
  ]);
  if (!expected.up || !expected.down) await pause(80);
  return {
    up: String(server.received.subarray(before[1])),
    down: String(client.received.subarray(before[0])),
  };
}
async function delivers(t: Test, ends: Ends, text: string, expected: { up: string; down: string }) {
  t.same(await exchange(ends, text, expected), expected);
}
const endings = ({ client, server }: Ends) => Promise.all([client.ended, server.ended]);
const isOpen = ({ client, server }: Ends) =>
  [client, server].every(({ socket }) => !socket.readableEnded && !socket.destroyed);

t.test('the description', async (t) => {
  const { argv, version, ready, entrypoint, name, role, title } = toxiproxy();
  const site = { ports: { api: { host: '0.0.0.0', port: 8474 } } } as unknown as Site;
  t.same(argv!(site), ['toxiproxy-server', '-host', '0.0.0.0', '-port', '8474']);
  t.same(version, ['toxiproxy-server', '-version']);
  t.same(ready, { by: 'http', port: 'api', path: '/version' });
  t.same(
    { entrypoint, name, role, title },
    {
      entrypoint: '/toxiproxy',
      name: 'toxiproxy',
      role: 'transparent',
      title: 'Toxiproxy without toxics',
    },
  );
  t.equal(toxiproxy(cutAfter('2s')).title, 'Toxiproxy: all connections cut every 2000 ms');
  t.equal(
    toxiproxy({ toxics: [{ type: 'latency', attributes: { latency: 5 } }] }).title,
    'Toxiproxy: latency downstream',
  );
});

t.test('without toxics everything passes', async (t) => {
  await using path = await place(toxiproxy());
  await delivers(t, await path.connect(), 'hello', { up: 'hello', down: 'hello' });
});

t.test('toxics are there from the first connection', async (t) => {
  await using path = await place(
    toxiproxy({ toxics: [{ type: 'latency', stream: 'upstream', attributes: { latency: 150 } }] }),
  );
  const { client, server } = await path.connect();
  const start = performance.now();
  client.socket.write('x');
  await server.octets(1);
  t.ok(performance.now() - start >= 145);
});

t.test('a toxic that the server refuses is named', async (t) => {
  const wrong = toxiproxy({ toxics: [{ type: 'bandwidth', attributes: { rate: -1 } }] });
  await t.rejects(place(wrong), { message: /^toxiproxy refused the toxic .*"rate":-1.*status code 400$/ });
});

t.test('a taken address says so', async (t) => {
  const taken = await listening();
  const intermediary = toxiproxy();
  const api = await listening();
  const site = {
    listen: addressOf(taken),
    upstream: addressOf(taken),
    ports: { api: addressOf(api) },
  } as unknown as Site;
  await new Promise((done) => api.close(done));
  await using _running = await intermediary.embed!(site);
  await t.rejects(intermediary.after!(site), {
    code: 'EADDRINUSE',
    message: /^toxiproxy cannot listen at 127/,
  });
  taken.close();
});

t.test('black hole', async (t) => {
  await using path = await place(toxiproxy(blackHole()));
  const ends = await path.connect();
  await delivers(t, ends, 'hello', { up: '', down: '' });
  t.ok(isOpen(ends));
});

t.test('half open', async (t) => {
  {
    await using path = await place(toxiproxy(halfOpen()));
    const ends = await path.connect();
    await delivers(t, ends, 'hello', { up: 'hello', down: '' });
    t.ok(isOpen(ends));
  }
  await using path = await place(toxiproxy(halfOpen('upstream')));
  await delivers(t, await path.connect(), 'hello', { up: '', down: 'hello' });
});

t.test('cut after a time: passes, is cut with FIN, and again', async (t) => {
  await using path = await place(toxiproxy(cutAfter(1500)));
  for (let round = 0; round < 2; round++) {
    const ends = await path.connect();
    await delivers(t, ends, 'hello', { up: 'hello', down: 'hello' });
    t.same(await endings(ends), ['fin', 'fin']);
    await pause(100);
  }
  await path.pull('down');
  await pause(1700);
  t.equal(await path.refused(), 'ECONNREFUSED', 'it does not bring the proxy up');
  await path.pull('heal');
  const ends = await path.connect();
  await pause(1700);
  t.ok(isOpen(ends), 'healing ends the cuts');
});

t.test('cut after octets', async (t) => {
  await using path = await place(toxiproxy(cutAfterBytes(5)));
  const ends = await path.connect();
  ends.server.socket.write('hello and more');
  t.same(await endings(ends), ['fin', 'fin']);
  t.equal(String(ends.client.received), 'hello');
});

t.test('levers on an open connection', async (t) => {
  await using path = await place(toxiproxy());
  t.same(Object.keys(toxiproxy().levers!(path.site)), ['black-hole', 'half-open', 'cut', 'down', 'heal']);
  const first = await path.connect();
  await path.pull('half-open');
  await delivers(t, first, 'hello', { up: 'hello', down: '' });
  await path.pull('black-hole');
  await path.pull('black-hole');
  await delivers(t, first, 'again', { up: '', down: '' });
  t.ok(isOpen(first));
  await path.pull('heal');
  t.same(await endings(first), ['fin', 'fin']);

  const second = await path.connect();
  await delivers(t, second, 'hello', { up: 'hello', down: 'hello' });
  await path.pull('cut');
  t.same(await endings(second), ['fin', 'fin']);

  const third = await path.connect();
  await path.pull('down');
  t.same(await endings(third), ['fin', 'fin']);
  t.equal(await path.refused(), 'ECONNREFUSED');
  await path.pull('cut');
  t.equal(await path.refused(), 'ECONNREFUSED', 'a cut does not bring it up');
  await path.pull('heal');
  await delivers(t, await path.connect(), 'hello', { up: 'hello', down: 'hello' });
});

t.test('resets: data passes, and the lever resets both sides', async (t) => {
  await using path = await place(toxiproxy(resets()));
  const first = await path.connect();
  await delivers(t, first, 'hello', { up: 'hello', down: 'hello' });
  await path.pull('reset');
  t.same(await endings(first), ['rst', 'rst']);
  const second = await path.connect();
  second.client.socket.end();
  t.same(await endings(second), ['rst', 'rst'], 'a close that it passes on is one too');
});
