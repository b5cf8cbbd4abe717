import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import t from 'tap';
import { createAuthority } from './certificates.js';
import { type Choose, Refusal, ScenarioLab } from './lab.js';
import type { Intermediary, Origin, Site } from './model.js';
import inProcess from './runtimes/in-process.js';

const authority = createAuthority();
const choose: Choose = async () => [inProcess()];
const open = async (teardownMs?: number, taps = false) =>
  new ScenarioLab({
    authority: await authority,
    choose,
    signal: new AbortController().signal,
    taps,
    ...(teardownMs !== undefined && { teardownMs }),
  });

/** Notes where it was put, and listens there so that ports are really taken. */
function recorder(name: string, sites: Record<string, Site>, stopped: string[]) {
  return {
    name,
    embed: async (site: Site) => {
      sites[name] = site;
      return { [Symbol.asyncDispose]: async () => void stopped.push(name) };
    },
  };
}
const origin = (program: ReturnType<typeof recorder>, tls = false): Origin => ({
  ...program,
  role: 'origin',
  tls,
});

t.test('a path is put up from its far end, and taken down from its near end', async (t) => {
  const sites: Record<string, Site> = {};
  const stopped: string[] = [];
  const hop = (name: string, more: Partial<Intermediary>): Intermediary => ({
    ...recorder(name, sites, stopped),
    role: 'reverse',
    ...more,
  });
  const lab = await open();
  const place = await lab.open(origin(recorder('origin', sites, stopped)), [
    hop('forward', { role: 'forward', method: 'GET' }),
    hop('tcp', { role: 'transparent' }),
    hop('tls', { tls: true }),
  ]);
  t.same(
    place.hops.map(({ service }) => service.name),
    ['forward', 'tcp', 'tls'],
  );
  t.same(sites.tls?.upstream, sites.origin?.listen);
  t.same(sites.tcp?.upstream, sites.tls?.listen);
  t.equal(sites.tcp?.upstreamTls, true, 'what lies behind the relay speaks TLS');
  t.same(sites.forward?.upstream, sites.tcp?.listen);
  t.equal(place.route.url, `wss://127.0.0.1:${sites.tcp?.listen.port}`);
  t.equal(place.route.proxy, `http://127.0.0.1:${sites.forward?.listen.port}`);
  t.match(place.route, { method: 'GET', servername: 'gauntlet.test', ca: /BEGIN CERTIFICATE/ });
  t.equal(statSync(lab.dir).mode & 0o077 & ~0o011, 0, 'the folder is private');
  await lab[Symbol.asyncDispose]();
  t.same(stopped, ['forward', 'tcp', 'tls', 'origin']);
  t.notOk(existsSync(lab.dir));
});

t.test('a relay before a forward proxy leads to that proxy', async (t) => {
  const sites: Record<string, Site> = {};
  await using lab = await open();
  const relay: Intermediary = { ...recorder('relay', sites, []), role: 'transparent' };
  const proxy: Intermediary = { ...recorder('proxy', sites, []), role: 'forward' };
  const { route } = await lab.open(origin(recorder('origin', sites, [])), [relay, proxy]);
  t.same(sites.relay?.upstream, sites.proxy?.listen);
  t.equal(route.proxy, `http://127.0.0.1:${sites.relay?.listen.port}`);
  t.equal(route.url, `ws://127.0.0.1:${sites.origin?.listen.port}`);
});

t.test('every segment of a path with several hops is recorded', async (t) => {
  const sites: Record<string, Site> = {};
  await using lab = await open(undefined, true);
  const hop = (name: string, role: Intermediary['role']): Intermediary => ({
    ...recorder(name, sites, []),
    role,
  });
  const via = [
    hop('near', 'transparent'),
    hop('proxy', 'forward'),
    hop('middle', 'transparent'),
    hop('last', 'reverse'),
  ];
  const { taps, route } = await lab.open(origin(recorder('origin', sites, [])), via);
  t.same(
    taps.map(({ segment }) => segment),
    ['client → near', 'near → proxy', 'proxy → middle', 'middle → last', 'last → origin'],
  );
  const ports = taps.map(({ address }) => address.port);
  t.equal(route.proxy, `http://127.0.0.1:${ports[0]}`);
  t.equal(sites.near?.upstream.port, ports[1]);
  t.equal(route.url, `ws://127.0.0.1:${ports[2]}`, 'clients name the recording to the proxy');
  t.equal(sites.proxy?.upstream.port, ports[2]);
  t.equal(sites.middle?.upstream.port, ports[3]);
  t.equal(sites.last?.upstream.port, ports[4]);
});

t.test('for a capture, segments that our ends see by themselves are recorded too', async (t) => {
  const sites: Record<string, Site> = {};
  const lines: Uint8Array[] = [];
  const everySegment = async () => {
    const lab = new ScenarioLab({
      authority: await authority,
      choose,
      signal: new AbortController().signal,
      everySegment: true,
      keyLog: (line) => lines.push(line),
    });
    t.teardown(() => lab[Symbol.asyncDispose]());
    return lab;
  };
  const hop = (name: string, role: Intermediary['role']): Intermediary => ({
    ...recorder(name, sites, []),
    role,
  });
  const segments = async (...args: Parameters<ScenarioLab['open']>) => {
    const { taps, route } = await (await everySegment()).open(...args);
    return { route, ports: taps.map(({ address }) => address.port), names: taps.map((tap) => tap.segment) };
  };
  const bare = await segments(origin(recorder('origin', sites, [])));
  t.same(bare.names, ['client → origin']);
  t.equal(bare.route.url, `ws://127.0.0.1:${bare.ports[0]}`);
  const one = await segments(origin(recorder('origin', sites, [])), [hop('nginx', 'reverse')]);
  t.same(one.names, ['client → nginx', 'nginx → origin']);
  const forward = await segments(origin(recorder('origin', sites, [])), [hop('squid', 'forward')]);
  t.same(forward.names, ['client → squid', 'squid → origin']);
  t.equal(forward.route.url, `ws://127.0.0.1:${forward.ports[1]}`);
  t.equal(forward.route.proxy, `http://127.0.0.1:${forward.ports[0]}`);

  const far = await segments('wss://example.test/feed');
  t.same(far.names, ['client → origin']);
  t.match(far.route, {
    url: 'wss://example.test:443/feed',
    servername: 'example.test',
    at: { host: '127.0.0.1', port: far.ports[0]! },
  });
  const beyond = await segments('ws://example.test', [hop('squid', 'forward')]);
  t.same(beyond.names, ['client → squid'], 'the name that a forward proxy is told stays');
  t.equal(beyond.route.url, 'ws://example.test:80');

  far.route.keyLog?.(Buffer.from('of a client'));
  sites.nginx?.keyLog?.(Buffer.from('of an end'));
  t.same(lines.map(String), ['of a client', 'of an end']);
});

t.test('a reverse proxy before a forward proxy is refused with a sentence', async (t) => {
  await using lab = await open();
  const reverse: Intermediary = { ...recorder('nginx', {}, []), role: 'reverse' };
  const forward: Intermediary = { ...recorder('squid', {}, []), role: 'forward' };
  const opening = lab.open(origin(recorder('origin', {}, [])), [reverse, forward]);
  await t.rejects(opening, {
    message: 'nginx is a reverse proxy and cannot stand before the forward proxy squid',
  });
});

t.test("a user's own server is reached as it is", async (t) => {
  await using lab = await open();
  const far = await lab.open('wss://example.test/feed?x=1');
  t.match(far.route, { url: 'wss://example.test:443/feed?x=1', servername: 'example.test' });
  t.notOk('ca' in far.route, "the system's roots are trusted");
  t.notOk(far.sightings);
});

t.test('everything is tried at the end, and nothing waits for ever', async (t) => {
  const lab = await open(50);
  const order: string[] = [];
  lab.own({ [Symbol.asyncDispose]: async () => void order.push('first') });
  lab.own({ [Symbol.asyncDispose]: () => Promise.reject(new Error('stuck')) });
  lab.own({ [Symbol.asyncDispose]: () => new Promise(() => {}) });
  await t.rejects(Promise.resolve(lab[Symbol.asyncDispose]()), {
    message: /not stopped after 1000 ms; Error: stuck/,
  });
  t.same(order, ['first']);
  t.notOk(existsSync(lab.dir));
});

t.test('a runtime that refuses at the last moment leaves the program to the next', async (t) => {
  const unwilling = { ...inProcess(), name: 'docker', start: () => Promise.reject(new Refusal('no image')) };
  await using lab = new ScenarioLab({
    authority: await authority,
    choose: async () => [unwilling, inProcess()],
    signal: new AbortController().signal,
  });
  const place = await lab.open(origin(recorder('origin', {}, [])));
  t.equal(place.origin?.runtime, 'in-process');
  await using strict = new ScenarioLab({
    authority: await authority,
    choose: async () => [unwilling],
    signal: new AbortController().signal,
  });
  await t.rejects(strict.open(origin(recorder('origin', {}, []))), {
    name: 'Refusal',
    message: 'docker: no image',
  });
});

t.test('an embedded program gets its port, or another one', async (t) => {
  const { createServer } = await import('node:net');
  await using lab = await open();
  let tried = 0;
  const place = await lab.open({
    name: 'origin',
    role: 'origin',
    embed: async (site) => {
      const server = createServer((socket) => socket.end('here'));
      if (++tried === 1) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
      await new Promise<void>((resolve) => server.listen(site.listen.port, site.listen.host, resolve));
      return { [Symbol.asyncDispose]: async () => void server.close() };
    },
  });
  t.equal(tried, 2);
  const said = await new Promise((resolve) =>
    connect(place.origin!.address).on('data', (data) => resolve(`${data}`)),
  );
  t.equal(said, 'here');
});
