import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import Docker from 'dockerode';
import t, { type Test } from 'tap';
import { ran } from '../cli/testing/io.js';
import { parse } from '../run-file.js';
import docker from '../runtimes/docker.js';
import { setEnv } from './env.js';
import { noRemoteEngine, remoteEngine } from './remote-engine.js';
import { offLines } from './shown.js';
import { tempFolder, tracesOf } from './traces.js';

t.setTimeout(110_000);

const image = process.env.WSGAUNTLET_IMAGE_NGINX;
const absent =
  image === undefined
    ? 'WSGAUNTLET_IMAGE_NGINX names no image'
    : await docker().refuses({ name: 'nginx', image, argv: () => ['nginx'] });
if (absent !== undefined && process.env.WSGAUNTLET_STRICT === '1') t.fail(absent);
const noRemote = absent ?? noRemoteEngine();
if (noRemote !== undefined && process.env.WSGAUNTLET_STRICT === '1') t.fail(noRemote);

/** A port of loopback that leads elsewhere, as a tunnel to an engine does. */
async function tunnel(t: Test, to: string): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to);
    near.pipe(far).pipe(near);
    for (const one of [near, far]) sockets.add(one.on('error', () => {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    for (const one of sockets) one.destroy();
  });
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const TWO = `import { echo, nginx } from 'wsgauntlet';
export default { title: 'two', origin: echo(), via: [nginx({ websocket: true, tls: true }), nginx({ websocket: true })],
  checks: ['opening/upgrade', 'limits/size-65536'] };
`;

/** Runs what an nginx container takes part in, and looks after what is left. */
async function tried(t: Test, host: string) {
  const tmp = tempFolder(t);
  setEnv(t, { TMPDIR: tmp, DOCKER_HOST: host });
  writeFileSync(join(tmp, 'two.ts'), TWO);
  const { code, stdout, stderr } = await ran(
    [
      ...['run', 'nginx/websocket', 'nginx/tls', './two.ts', '--runtime', 'docker', '--json'],
      ...[
        '--checks',
        'opening',
        '--checks',
        'limits/size-65536',
        '--image',
        `nginx=${image}`,
        '--out',
        'out',
      ],
    ],
    { cwd: tmp },
  );
  const url = new URL(host);
  const engine = new Docker({ host: url.hostname, port: Number(url.port), protocol: 'http' });
  const filters = { label: [`wsgauntlet.pid=${process.pid}`] };
  t.same(await engine.listContainers({ all: true, filters }), []);
  t.same(await engine.listNetworks({ filters }), []);
  t.same(tracesOf(tmp), { processes: [], folders: [] });
  return { code, stderr, ...parse(stdout, 'stdout') };
}

t.test(
  'DOCKER_HOST at a port of loopback that leads to this machine',
  { skip: absent ?? false },
  async (t) => {
    const socket = /^unix:\/\/(.*)/.exec(process.env.DOCKER_HOST || 'unix:///var/run/docker.sock')?.[1];
    if (socket === undefined) return t.pass('needs an engine at a Unix socket');
    const { code, stderr, findings, places } = await tried(t, await tunnel(t, socket));
    t.same(offLines(findings), [], stderr);
    t.equal(code, 0);
    t.match(places['nginx/websocket']!.hops[1], { name: 'nginx', runtime: 'docker' });
  },
);

t.test(
  'an engine on another machine: by published ports, as the record says',
  { skip: noRemote ?? false },
  async (t) => {
    const { code, stderr, findings, places } = await tried(t, await remoteEngine(t, image!));
    t.same(offLines(findings), [], stderr);
    t.equal(code, 0);
    const published = { name: 'nginx', runtime: 'docker (published port)' };
    t.match(places['nginx/websocket']!.hops.slice(1, -1), [published]);
    t.match(places['nginx/tls']!.hops.slice(1, -1), [published]);
    t.match(places.two!.hops.slice(1, -1), [published, published]);
    t.equal(
      findings.filter(({ outcome, check }) => outcome === 'pass' && check === 'opening/upgrade').length,
      3,
    );
  },
);
