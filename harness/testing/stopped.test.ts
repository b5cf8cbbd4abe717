import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { needingBinaries } from './needing.js';
import { type Spawned, spawned } from './spawned.js';
import { pidsOf, tracesOf } from './traces.js';

t.setTimeout(110_000);

const real = await needingBinaries('nginx', 'squid');
const PLACES = ['nginx/read-timeout', 'squid/connect', 'chains/nginx-squid'];
const argv = ['run', ...PLACES, '--checks', 'keepalive', '--checks', 'opening', '-v'];

const NOTHING = { processes: [], folders: [] };
const until = async (what: () => boolean, run: Spawned) => {
  while (!what() && run.child.exitCode === null) await sleep(5);
};
const some = (run: Spawned, name: string) => until(() => pidsOf(run.tmp, name).length > 0, run);

const MOMENTS: Record<string, (run: Spawned) => Promise<unknown>> = {
  'as the first lab is made': (run) => until(() => tracesOf(run.tmp).folders.length > 0, run),
  'as nginx starts': (run) => some(run, 'nginx'),
  'as squid starts': (run) => some(run, 'squid'),
  'as the first finding is there': (run) => run.prints(/^. \S+ › /m),
  'at some moment': async (run) => {
    await run.prints(/^. \S+ › /m);
    await sleep(Math.random() * 2500);
  },
};

for (const [when, moment] of Object.entries(MOMENTS)) {
  t.test(`Ctrl-C ${when}: 130, what was found, and nothing left`, real, async (t) => {
    const run = spawned(t, argv);
    await moment(run);
    run.child.kill('SIGINT');
    t.same(await run.ended, { code: 130, signal: null }, run.err());
    const { partial, findings } = run.run();
    t.equal(partial, true);
    t.same(
      findings.filter(({ outcome }) => outcome === 'error').map(({ id, message }) => `${id}: ${message}`),
      [],
    );
    t.match(run.out(), 'SIGINT: stopping');
    t.equal(run.err(), '');
    t.same(tracesOf(run.tmp), NOTHING);
  });
}

t.test('SIGTERM: 143, and nothing left', real, async (t) => {
  const run = spawned(t, argv);
  await run.prints(/^. \S+ › /m);
  run.child.kill('SIGTERM');
  t.same(await run.ended, { code: 143, signal: null }, run.err());
  t.match(run.run(), { partial: true });
  t.same(tracesOf(run.tmp), NOTHING);
});

t.test('Ctrl-C twice: at once, without a report, and nothing left', real, async (t) => {
  const run = spawned(t, argv);
  await run.prints(/^. \S+ › /m);
  await some(run, 'squid');
  run.child.kill('SIGINT');
  await run.prints('SIGINT: stopping');
  run.child.kill('SIGINT');
  t.same(await run.ended, { code: 130, signal: null }, run.err());
  t.notMatch(run.out(), 'Report:');
  // What was killed is gone as soon as the system has come to it.
  for (let tries = 0; tries < 100 && pidsOf(run.tmp).length > 0; tries++) await sleep(20);
  t.same(tracesOf(run.tmp), NOTHING);
});

t.test('killed itself: the next run sweeps what was left, and only that', real, async (t) => {
  const run = spawned(t, argv);
  await run.prints(/^. \S+ › /m);
  await some(run, 'squid');
  run.child.kill('SIGKILL');
  t.same(await run.ended, { code: null, signal: 'SIGKILL' });
  const left = tracesOf(run.tmp);
  t.ok(left.folders.length > 0, 'folders are left');
  const next = spawned(t, ['run', 'nginx/websocket', '--checks', 'opening/upgrade'], {
    env: { TMPDIR: run.tmp },
  });
  t.match(await next.ended, { code: 0 }, next.out() + next.err());
  t.same(tracesOf(run.tmp), NOTHING, left.processes.join('\n'));
});
