import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcp } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import Docker from 'dockerode';
import t from 'tap';
import { createAuthority } from '../certificates.js';
import { ScenarioLab } from '../lab.js';
import type { Intermediary } from '../model.js';
import { connect as connectEngine } from './docker/engine.js';
import { sweepEngine } from './docker/labels.js';
import docker from './docker.js';

const strict = process.env.WSGAUNTLET_STRICT === '1';
const image = process.env.WSGAUNTLET_IMAGE_NGINX;
const runtime = docker({ images: image ? { nginx: image } : {} });
const authority = await createAuthority();

function labOf(t: { teardown(work: () => unknown): void }): ScenarioLab {
  const signal = new AbortController().signal;
  const lab = new ScenarioLab({ authority, choose: async () => [runtime], signal });
  t.teardown(() => lab[Symbol.asyncDispose]());
  return lab;
}

const started: typeof runtime.start = async (program, around, lab) =>
  lab.own(await runtime.start(program, around, lab));

/** nginx in as few words as it takes. */
function nginx(change: Partial<Intermediary> = {}, more = ''): Intermediary {
  return {
    name: 'nginx',
    role: 'reverse',
    version: ['nginx', '-v'],
    ready: { by: 'http' },
    argv: (site) => ['nginx', '-e', 'stderr', '-c', `${site.dir}/conf/nginx.conf`],
    files: (site) => ({
      'conf/nginx.conf': `daemon off; user root; pid ${site.dir}/nginx.pid; error_log stderr; events {}
        http {
          access_log ${site.dir}/access.log;
          server {
            listen ${site.listen.host}:${site.listen.port}${change.tls ? ' ssl' : ''};
            ssl_certificate ${site.cert}; ssl_certificate_key ${site.key};
            location / { proxy_pass http://${site.upstream.host}:${site.upstream.port}; }
            ${more}
          }
        }`,
    }),
    ...change,
  };
}

const engine = new Docker();
const absent = image === undefined ? 'WSGAUNTLET_IMAGE_NGINX names no image' : await runtime.refuses(nginx());
if (absent !== undefined && strict) t.fail(absent);
const skip = absent ?? false;

/** The labels of a lab, as the engine filters by them. */
const of = (lab: ScenarioLab) => ({ label: [`wsgauntlet.lab=${lab.dir.split('/').at(-1)}`] });

t.test(
  'a container carries a request to an origin on the gateway and is gone afterwards',
  { skip },
  async (t) => {
    const lab = labOf(t);
    const origin = createServer((_request, response) => response.end('from the origin'));
    t.teardown(() => origin.close());
    const bind = await runtime.gateway!(lab);
    origin.listen(0, bind);
    await once(origin, 'listening');
    const upstream = { host: bind, port: (origin.address() as AddressInfo).port };
    const service = await runtime.start(nginx({ logs: ['access.log'] }), { bind, upstream }, lab);
    const { host, port } = service.address;
    t.equal(await (await fetch(`http://${host}:${port}/hello`)).text(), 'from the origin');
    t.match(service.version, /^\d+\.\d+\.\d+/);
    t.match(service.runtime, /^docker/);
    t.match(service.inside, { port: 8080 });
    t.match(service.files['conf/nginx.conf'], 'listen 0.0.0.0:8080');
    for (let tries = 0; tries < 100 && !service.logs().includes('/hello'); tries++) {
      await new Promise((again) => setTimeout(again, 50));
    }
    t.match(service.logs(), 'GET /hello', 'what it logs to its files is among its logs');
    const [running] = await engine.listContainers({ filters: of(lab) });
    t.match(running?.Labels, { 'wsgauntlet.pid': `${process.pid}`, 'wsgauntlet.host': hostname() });
    await service[Symbol.asyncDispose]();
    await service[Symbol.asyncDispose]();
    t.same(await engine.listContainers({ all: true, filters: of(lab) }), []);
    t.equal((await engine.listNetworks({ filters: of(lab) })).length, 1);
    await lab[Symbol.asyncDispose]();
    t.same(await engine.listNetworks({ filters: of(lab) }), []);
  },
);

t.test('one container reaches another, by TLS, at the address of its certificate', { skip }, async (t) => {
  const lab = labOf(t);
  const bind = await runtime.gateway!(lab);
  const far = await started(nginx({ tls: true }, 'location = /far { return 200 "far"; }'), { bind }, lab);
  const near = nginx({
    files: (site) => ({
      'conf/nginx.conf': nginx().files!(site)['conf/nginx.conf']!.replace(
        /proxy_pass [^;]*;/,
        `proxy_pass https://${site.upstream.host}:${site.upstream.port}; proxy_ssl_verify on; proxy_ssl_name ${site.name};
           proxy_ssl_trusted_certificate ${site.ca};`,
      ),
    }),
  });
  const service = await started(near, { bind, upstream: far }, lab);
  t.match(service.site.upstream, far.inside!);
  const answer = await fetch(`http://${service.address.host}:${service.address.port}/far`);
  t.equal(await answer.text(), 'far');
  const socket = tls.connect({ ...far.address, ca: authority.ca });
  await once(socket, 'secureConnect');
  t.equal(socket.authorized, true);
  socket.destroy();
});

t.test(
  "a configuration that it refuses fails with the program's own line, and leaves nothing",
  { skip },
  async (t) => {
    const lab = labOf(t);
    const bind = await runtime.gateway!(lab);
    await t.rejects(runtime.start(nginx({}, 'sing_a_song on;'), { bind }, lab), {
      message: /^nginx ended with exit code 1 before it was ready:\n.*unknown directive "sing_a_song"/,
    });
    const lost = nginx({ argv: () => ['no-such-program'] });
    await t.rejects(runtime.start(lost, { bind }, lab), { message: /^starting nginx: .*no-such-program/ });
    t.same(await engine.listContainers({ all: true, filters: of(lab) }), []);
  },
);

t.test('one that is killed says so', { skip }, async (t) => {
  const lab = labOf(t);
  const service = await started(nginx(), { bind: await runtime.gateway!(lab) }, lab);
  const [running] = await engine.listContainers({ filters: of(lab) });
  await engine.getContainer(running!.Id).kill();
  t.match(await service.died, /^nginx was killed by SIGKILL/);
});

t.test('a loopback address, which containers do not reach, is refused in a sentence', { skip }, async (t) => {
  const lab = labOf(t);
  const bind = await runtime.gateway!(lab);
  const starting = started(nginx(), { bind, upstream: { host: '127.0.0.1', port: 9 } }, lab);
  if (bind === '127.0.0.1') return t.resolves(starting, 'published ports: the host has a name');
  await t.rejects(starting, {
    name: 'Refusal',
    message: `containers do not reach 127.0.0.1:9, a loopback address; let it listen on ${bind}`,
  });
});

t.test('an image that is not there and cannot be pulled is refused', { skip }, async (t) => {
  const other = docker({ images: { nginx: 'localhost:9/nobody/nothing:here' } });
  t.equal(await other.refuses(nginx()), undefined, 'it might be pulled');
  t.equal(await other.present!(nginx()), false);
  const lab = labOf(t);
  await t.rejects(other.start(nginx(), { bind: '127.0.0.1' }, lab), {
    name: 'Refusal',
    message:
      /^the image localhost:9\/nobody\/nothing:here is not here and cannot be pulled \(.*--image nginx=REFERENCE$/,
  });
});

t.test('what a killed run left behind is swept, and nothing else', { skip }, async (t) => {
  const dead = spawn('true');
  await once(dead, 'exit');
  const Labels = {
    'wsgauntlet.pid': `${dead.pid}`,
    'wsgauntlet.host': hostname(),
    'wsgauntlet.test': `${process.pid}`,
  };
  const mine = { label: [`wsgauntlet.test=${process.pid}`] };
  const elsewhere = { ...Labels, 'wsgauntlet.host': `not-${hostname()}` };
  await engine.createNetwork({ Name: `wsgauntlet-test-${process.pid}`, Labels });
  await engine.createContainer({ Image: image!, Cmd: ['nginx'], Labels });
  const kept = await engine.createContainer({ Image: image!, Cmd: ['nginx'], Labels: elsewhere });
  await sweepEngine(await connectEngine());
  const left = await engine.listContainers({ all: true, filters: mine });
  t.same(
    left.map(({ Id }) => Id),
    [kept.id],
  );
  t.same(await engine.listNetworks({ filters: mine }), []);
  await kept.remove();
});

/** Does the work with another DOCKER_HOST. */
async function atHost<T>(host: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.DOCKER_HOST;
  process.env.DOCKER_HOST = host;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = before;
  }
}

t.test('the engine goes away while a container runs', { skip }, async (t) => {
  const socket = /^unix:\/\/(.*)/.exec(process.env.DOCKER_HOST || 'unix:///var/run/docker.sock')?.[1];
  if (socket === undefined) return t.pass('needs an engine at a Unix socket');
  // A relay to the engine, which is then cut.
  const path = join(tmpdir(), `wsgauntlet-test-${process.pid}.sock`);
  const peers = new Set<{ destroy(): void }>();
  const relay = createTcp((peer) => {
    const far = connect(socket);
    for (const [from, to] of [
      [peer, far],
      [far, peer],
    ] as const) {
      from.pipe(to);
      from.on('error', () => {});
      peers.add(from);
    }
  });
  const cut = () => {
    relay.close();
    for (const peer of peers) peer.destroy();
  };
  t.teardown(cut);
  relay.listen(path);
  await once(relay, 'listening');
  const other = docker({ images: { nginx: image! } });
  const lab = new ScenarioLab({
    authority,
    choose: async () => [other],
    signal: new AbortController().signal,
  });
  const bind = await atHost(`unix://${path}`, () => other.gateway!(lab));
  const service = await other.start(nginx(), { bind }, lab);
  cut();
  t.match(await service.died, `nginx was lost: the Docker engine at unix://${path} stopped answering`);
  await t.rejects(async () => service[Symbol.asyncDispose](), {
    message: /stopped answering \(removing nginx\): .*; the next run removes what is left there$/,
  });
  await t.resolves(async () => lab[Symbol.asyncDispose](), 'the network goes without saying');
  for (const { Id } of await engine.listContainers({ filters: of(lab) })) {
    await engine.getContainer(Id).remove({ force: true });
  }
  for (const { Id } of await engine.listNetworks({ filters: of(lab) })) await engine.getNetwork(Id).remove();
});

t.test('an engine that accepts and never answers is given up', async (t) => {
  const silent = createTcp((peer) => peer.resume().on('error', () => {}));
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  t.teardown(() => silent.close());
  const host = `tcp://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const refusal = await atHost(host, () => docker().refuses(nginx({ image: 'nginx' })));
  t.match(refusal, /^no usable Docker engine at tcp:\/\/127.0.0.1:\d+: .*; (check|start|install)/);
});

t.test('what cannot be carried is said in one sentence', async (t) => {
  t.equal(await runtime.refuses({ name: 'mockttp' }), 'mockttp has no command line to start in a container');
  t.equal(
    await runtime.refuses({ name: 'own', argv: () => ['own'] }),
    'own names no image; name one with --image own=REFERENCE',
  );
  const dead = docker();
  t.equal(
    await atHost('unix:///nonexistent/docker.sock', () => dead.refuses(nginx({ image: 'nginx' }))),
    'no usable Docker engine at unix:///nonexistent/docker.sock: connect ENOENT /nonexistent/docker.sock; ' +
      'check DOCKER_HOST, or start that engine',
  );
  t.equal(await dead.present!(nginx({ image: 'nginx' })), false);
});
