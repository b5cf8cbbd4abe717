import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import t from 'tap';
import { execute } from '../cli/main.js';
import { fakeIo, ran, scenarioText } from '../cli/testing/io.js';
import docker from '../runtimes/docker.js';
import { setEnv } from './env.js';
import { spawned } from './spawned.js';
import { ownListeners, tempFolder, tracesOf } from './traces.js';

t.setTimeout(110_000);

const image = process.env.WSGAUNTLET_IMAGE_NGINX;
const socket = /^unix:\/\/(.*)/.exec(process.env.DOCKER_HOST || 'unix:///var/run/docker.sock')?.[1];
const absent =
  image === undefined
    ? 'WSGAUNTLET_IMAGE_NGINX names no image'
    : socket === undefined
      ? 'needs an engine at a Unix socket'
      : await docker().refuses({ name: 'nginx', image, argv: () => ['nginx'] });
if (absent !== undefined && process.env.WSGAUNTLET_STRICT === '1') t.fail(absent);

const withNginx = (checks: Record<string, string>) =>
  scenarioText(checks)
    .replace('import { echo', 'import { nginx, echo')
    .replace('via: []', 'via: [nginx({ websocket: true })]');
const quick = { quick: `await probe.raw(); return pass('fine');` };

/** Passes on what comes to an engine, until it is cut. */
async function relayTo(engine: string, path: string) {
  const sockets = new Set<Socket>();
  const server = createServer((peer) => {
    const far = connect(engine);
    for (const [from, to] of [
      [peer, far],
      [far, peer],
    ] as const) {
      from.pipe(to);
      from.on('error', () => {});
      sockets.add(from);
    }
  }).listen(path);
  await once(server, 'listening');
  return {
    cut() {
      server.close();
      for (const one of sockets) one.destroy();
    },
  };
}

t.test(
  'the engine goes away in the middle: said, ended, and what was found kept',
  { skip: absent ?? false },
  async (t) => {
    const folder = tempFolder(t);
    const path = join(folder, 'engine.sock');
    const relay = await relayTo(socket!, path);
    const run = spawned(t, ['run', './hop.ts', './none.ts', '--runtime', 'docker', '-v'], {
      files: {
        'hop.ts': withNginx({ ...quick, endless: `await probe.wait(60_000); return pass('late');` }),
        'none.ts': scenarioText({ slow: `await probe.wait(1000); return pass('fine');` }),
      },
      env: { DOCKER_HOST: `unix://${path}` },
    });
    const engine = new Docker({ socketPath: socket! });
    const filters = { label: [`wsgauntlet.pid=${run.child.pid}`] };
    t.teardown(async () => {
      for (const { Id } of await engine.listContainers({ all: true, filters }))
        await engine.getContainer(Id).remove({ force: true });
      for (const { Id } of await engine.listNetworks({ filters })) await engine.getNetwork(Id).remove();
    });
    await run.prints('hop › own/quick: fine');
    relay.cut();
    t.match(await run.ended, { code: 3, signal: null });
    t.match(
      run.run().findings.map(({ id, outcome, message }) => [id, outcome, message]),
      [
        ['hop › own/quick', 'pass', 'fine'],
        [
          'hop › own/endless',
          'error',
          /^nginx ended during the scenario: nginx was lost: the Docker engine at unix:\S+ stopped answering/,
        ],
        ['none › own/slow', 'pass', 'fine'],
      ],
    );
    t.match(
      run.err(),
      /^wsgauntlet: hop: .*the Docker engine at \S+ stopped answering \(removing nginx\): .*; the next run removes what is left there\n$/,
      'in one sentence',
    );
    t.equal(run.run().partial, undefined, 'all was tried');
    t.same(tracesOf(run.tmp), { processes: [], folders: [] });
  },
);

t.test('an engine that answers at first, and then hangs up', async (t) => {
  const tmp = tempFolder(t);
  const path = join(tmp, 'engine.sock');
  const answers: Record<string, unknown> = {
    '/info': { ServerVersion: '20.10.24', OSType: 'linux' },
    '/containers/json': [],
    '/networks': [],
  };
  const engine = createHttp((request, response) => {
    const { pathname } = new URL(request.url!, 'http://engine');
    const key = pathname.replace(/^\/v[\d.]+/, '');
    const answer = key.startsWith('/images/') ? { Id: 'sha256:1', Config: {} } : answers[key];
    if (answer === undefined) return request.socket.destroy();
    response.setHeader('Content-Type', 'application/json');
    return response.end(JSON.stringify(answer));
  }).listen(path);
  await once(engine, 'listening');
  t.teardown(() => engine.close());
  setEnv(t, { TMPDIR: tmp, DOCKER_HOST: `unix://${path}` });
  const listeners = ownListeners();
  const { code, stdout } = await ran(
    [
      'run',
      'nginx/websocket',
      'direct/ws',
      '--checks',
      'opening/upgrade',
      '--runtime',
      'docker',
      '--out',
      'out',
    ],
    { cwd: tmp },
  );
  t.equal(code, 3);
  t.match(
    stdout,
    `Could not be judged: 1\n    the Docker engine at unix://${path} stopped answering (creating a network): `,
  );
  t.match(stdout, /2 scenarios, 2 findings: none is known to differ/);
  t.same(tracesOf(tmp), { processes: [], folders: [] });
  t.same(ownListeners(), listeners);
});

t.test('Ctrl-C while an image is pulled', async (t) => {
  const tmp = tempFolder(t);
  const path = join(tmp, 'engine.sock');
  const answers: Record<string, unknown> = {
    '/info': { ServerVersion: '20.10.24', OSType: 'linux' },
    '/containers/json': [],
    '/networks': [],
    '/networks/create': { Id: 'n' },
    '/networks/n': {},
  };
  const engine = createHttp((request, response) => {
    const { pathname } = new URL(request.url!, 'http://engine');
    const key = pathname.replace(/^\/v[\d.]+/, '');
    response.setHeader('Content-Type', 'application/json');
    if (key === '/images/create') {
      const progressDetail = { current: 1_000_000, total: 4_000_000 };
      return response.write(`${JSON.stringify({ status: 'Downloading', id: 'a', progressDetail })}\n`);
    }
    const answer = answers[key];
    response.statusCode = answer === undefined ? 404 : 200;
    return response.end(JSON.stringify(answer ?? { message: 'no such thing' }));
  }).listen(path);
  await once(engine, 'listening');
  t.teardown(() => {
    engine.close();
    engine.closeAllConnections();
  });
  setEnv(t, { TMPDIR: tmp, DOCKER_HOST: `unix://${path}` });
  const { io, said, signal } = fakeIo({ cwd: tmp });
  const ended = execute(['run', 'nginx/websocket', '--runtime', 'docker', '--checks', 'opening'], io);
  for (let tries = 0; tries < 4000 && !said.stdout.includes('25 % of 4 MB'); tries++) await sleep(5);
  signal('SIGINT');
  t.equal(await ended, 130, said.stdout);
  t.match(said.stdout, 'Nothing was tried. The run was cut short');
  t.same(tracesOf(tmp), { processes: [], folders: [] });
});

t.test('an image that is not there', { skip: absent ?? false }, async (t) => {
  const cwd = tempFolder(t);
  const reference = 'localhost:9/nobody/nothing:here';
  const { code, stdout, stderr } = await ran(
    ['run', 'nginx/websocket', '--checks', 'opening', '--runtime', 'docker', '--image', `nginx=${reference}`],
    { cwd, env: {} },
  );
  t.equal(code, 3);
  t.match(
    stdout,
    new RegExp(
      `Skipped: \\d+\n {4}.*the image ${reference} is not here and cannot be pulled .*--image nginx=REFERENCE \\(\\d+ checks`,
    ),
  );
  t.match(stderr, 'nothing could be tried');
});
