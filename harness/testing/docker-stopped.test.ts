import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import t from 'tap';
import docker from '../runtimes/docker.js';
import { type Spawned, spawned } from './spawned.js';
import { tracesOf } from './traces.js';

t.setTimeout(110_000);

const image = process.env.WSGAUNTLET_IMAGE_NGINX;
const absent =
  image === undefined
    ? 'WSGAUNTLET_IMAGE_NGINX names no image'
    : await docker().refuses({ name: 'nginx', image, argv: () => ['nginx'] });
if (absent !== undefined && process.env.WSGAUNTLET_STRICT === '1') t.fail(absent);
const skip = absent ?? false;

const env = { DOCKER_HOST: process.env.DOCKER_HOST ?? '' };
const engine = new Docker();
const left = async ({ child: { pid } }: Spawned) => {
  const filters = { label: [`wsgauntlet.pid=${pid}`] };
  return [
    ...(await engine.listContainers({ all: true, filters })),
    ...(await engine.listNetworks({ filters })),
  ].map(({ Id }) => Id);
};
const argv = ['run', 'nginx/websocket', 'nginx/read-timeout', '--runtime', 'docker', '-v'];

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  t.test(`${signal} while containers run: nothing of them is left at the end`, { skip }, async (t) => {
    const run = spawned(t, argv, { env });
    await run.prints(/^. \S+ › /m);
    t.not((await left(run)).length, 0);
    run.child.kill(signal);
    t.same(await run.ended, { code: signal === 'SIGINT' ? 130 : 143, signal: null }, run.err());
    t.same(await left(run), []);
    t.same(tracesOf(run.tmp), { processes: [], folders: [] });
  });
}

t.test('Ctrl-C twice while containers run: at once, and what is left goes by itself', { skip }, async (t) => {
  const run = spawned(t, argv, { env });
  await run.prints(/^. \S+ › /m);
  run.child.kill('SIGINT');
  await run.prints('SIGINT: stopping');
  run.child.kill('SIGINT');
  t.same(await run.ended, { code: 130, signal: null }, run.err());
  t.notMatch(run.out(), 'Report:');
  for (let tries = 0; tries < 600 && tracesOf(run.tmp).processes.length > 0; tries++) await sleep(50);
  t.same(await left(run), []);
  t.same(tracesOf(run.tmp), { processes: [], folders: [] });
});
