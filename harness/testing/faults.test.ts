import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { ran, scenarioText } from '../cli/testing/io.js';
import { parse } from '../run-file.js';
import { mounted } from './disk.js';
import { setEnv } from './env.js';
import { needingBinaries } from './needing.js';
import { spawned } from './spawned.js';
import { pidsOf, tempFolder, tracesOf } from './traces.js';

t.setTimeout(110_000);

const ours = tempFolder(t);
setEnv(t, { TMPDIR: ours, DOCKER_HOST: `unix://${ours}/none.sock` });
const real = await needingBinaries('nginx');

const quick = { quick: `await probe.raw(); return pass('fine');` };
const endless = { ...quick, endless: `await probe.wait(60_000); return pass('late');` };
const before = (hop: string, checks: Record<string, string>) =>
  scenarioText(checks).replace('import { echo', 'import { nginx, echo').replace('via: []', `via: [${hop}]`);

t.test('nginx is killed in the middle: its findings say so, others are unaffected', real, async (t) => {
  const run = spawned(t, ['run', './hop.ts', './none.ts', '-v'], {
    files: {
      'hop.ts': before('nginx({ websocket: true })', endless),
      'none.ts': scenarioText(quick),
    },
  });
  await run.prints('hop › own/quick: fine');
  const killed = pidsOf(run.tmp, 'nginx');
  t.ok(killed.length >= 2, 'master and worker');
  for (const pid of killed) process.kill(pid, 'SIGKILL');
  t.match(await run.ended, { code: 3 });
  const { findings, partial } = run.run();
  t.equal(partial, undefined);
  t.match(
    findings.map(({ id, outcome, message }) => [id, outcome, message]),
    [
      ['hop › own/quick', 'pass', 'fine'],
      ['hop › own/endless', 'error', /^nginx ended during the scenario: nginx was killed by SIGKILL/],
      ['none › own/quick', 'pass', 'fine'],
    ],
  );
  t.match(run.out(), 'Could not be judged: 1\n    nginx ended during the scenario');
  t.same(tracesOf(run.tmp), { processes: [], folders: [] });
});

t.test('a worker of nginx is killed: what its end has cut is no finding of nginx’s', real, async (t) => {
  const held = `const peer = await probe.raw(); const end = await peer.farewell(20_000);
    return end ? fail('an open connection', 'cut by ' + end.how) : pass('open');`;
  const run = spawned(t, ['run', './hop.ts', '-v'], {
    files: { 'hop.ts': before('nginx({ websocket: true })', { ...quick, held }) },
  });
  await run.prints('hop › own/quick: fine');
  const workers = pidsOf(run.tmp, 'nginx').filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('worker process'),
  );
  t.equal(workers.length, 1);
  process.kill(workers[0]!, 'SIGKILL');
  t.match(await run.ended, { code: 3 });
  t.match(
    run.run().findings.map(({ id, outcome, message }) => [id, outcome, message]),
    [
      ['hop › own/quick', 'pass', 'fine'],
      [
        'hop › own/held',
        'error',
        /^nginx lost a part of itself during the scenario: .*worker process \d+ exited on signal 9/,
      ],
    ],
  );
  t.same(tracesOf(run.tmp), { processes: [], folders: [] });
});

t.test('a file that nginx refuses: its own line, with the line’s number, once', real, async (t) => {
  const cwd = tempFolder(t);
  const text =
    'events {}\nhttp {\n  frobnicate on;\n  server { listen 80; location / { proxy_pass http://a:1; } }\n}\n';
  writeFileSync(join(cwd, 'nginx.conf'), text);
  const { code, stdout } = await ran(['run', '--via', 'nginx.conf', '-q'], { cwd });
  t.equal(code, 3);
  t.match(
    stdout,
    /nginx ended with exit code 1 before it was ready: .*unknown directive "frobnicate" in \S+nginx\.conf:3/,
  );
  t.equal(stdout.split('frobnicate').length, 2, stdout);
});

t.test('a binary that is not where it is said to be', async (t) => {
  const cwd = tempFolder(t);
  const argv = [
    'run',
    'nginx/websocket',
    'direct/ws',
    '--checks',
    'opening/upgrade',
    '--binary',
    'nginx=/none/nginx',
  ];
  const { code, stdout } = await ran(argv, { cwd });
  t.equal(code, 0, 'what could be tried is as expected');
  t.match(
    stdout,
    /Skipped: 1\n {4}nothing here carries nginx: process: the binary set for nginx, \/none\/nginx, is no executable file; docker: no usable Docker engine/,
  );
});

t.test('a port that the user fixed and somebody else has', real, async (t) => {
  const cwd = tempFolder(t);
  const other = createServer().listen(0, '127.0.0.1');
  t.teardown(() => other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const fixed = `((base) => ({ ...base, files: (site) => ({ 'nginx.conf': base.files(site)['nginx.conf'].replaceAll(':' + site.listen.port, ':${port}') }) }))(nginx())`;
  writeFileSync(join(cwd, 'own.ts'), before(fixed, quick));
  const { code, stdout } = await ran(['run', './own.ts'], { cwd });
  t.equal(code, 3);
  t.match(
    stdout,
    new RegExp(`nginx found its port taken before it was ready: .*127\\.0\\.0\\.1:${port} failed`),
  );

  const file = `events {} http { server { listen 127.0.0.1:${port}; location / { proxy_pass http://a:1; } } }`;
  writeFileSync(join(cwd, 'nginx.conf'), file);
  const moved = await ran(
    [
      'run',
      '--via',
      'nginx.conf',
      '--listen',
      `127.0.0.1:${port}`,
      '--checks',
      'opening/outcomes-told-apart',
    ],
    { cwd },
  );
  t.notMatch(moved.stdout, 'taken', 'a file of theirs listens elsewhere here');
  t.not(moved.code, 3);
});

t.test('an output folder that is a file', async (t) => {
  const cwd = tempFolder(t);
  writeFileSync(join(cwd, 'file'), 'in the way');
  const { code, stdout, stderr } = await ran(
    ['run', 'direct/ws', '--checks', 'opening/upgrade', '--out', 'file'],
    { cwd },
  );
  t.equal(code, 3);
  t.match(stdout, '1 scenario, 1 finding: all as expected.');
  t.match(
    stderr,
    /cannot write \S+file\/run\.json: part of that path is a file, not a folder; choose another/,
  );
  t.same(readdirSync(cwd), ['file']);
});

t.test('an output folder that cannot be made', { skip: process.platform !== 'linux' }, async (t) => {
  const cwd = tempFolder(t);
  const argv = ['run', 'direct/ws', '--checks', 'opening/upgrade', '--out', '/proc/none/of/it'];
  const { code, stdout, stderr } = await ran(argv, { cwd });
  t.equal(code, 3);
  t.match(stdout, '1 scenario, 1 finding: all as expected.');
  t.match(stderr, /^wsgauntlet: cannot write \/proc\/none\/of\/it\/run\.json: /);
});

t.test('a full disk', async (t) => {
  const cwd = tempFolder(t);
  const full = join(cwd, 'full');
  mkdirSync(full);
  const why = mounted(t, full, '64k');
  if (why) return t.pass(`not tried: ${why}`);
  const argv = ['run', 'direct/ws', '--checks', 'opening', '--json', '--out', full];
  const { code, stdout, stderr } = await ran(argv, { cwd });
  t.equal(code, 3);
  t.ok(parse(stdout, 'stdout').findings.length > 5, 'what was found is printed');
  t.match(
    stderr,
    /cannot write \S+run\.json: the disk is full; free some space or choose another folder with --out/,
  );
  t.same(
    readdirSync(full).filter((name) => name !== 'index.html'),
    [],
    'no half of a record',
  );
});

t.test('a temp folder without room, or without being there', async (t) => {
  const cwd = tempFolder(t);
  setEnv(t, { TMPDIR: join(cwd, 'none') });
  const argv = ['run', 'direct/ws', '--checks', 'opening/upgrade', '--out', 'out'];
  const none = await ran(argv, { cwd });
  t.equal(none.code, 3);
  t.match(
    none.stderr,
    `wsgauntlet: cannot make a folder in ${join(cwd, 'none')}: there is no such folder; point TMPDIR at another\n`,
  );
  const full = join(cwd, 'full');
  mkdirSync(full);
  const why = mounted(t, full, '4k');
  if (why) return t.pass(`not tried: ${why}`);
  setEnv(t, { TMPDIR: full });
  const tight = await ran(argv, { cwd });
  t.equal(tight.code, 3);
  t.match(
    tight.stdout,
    `the disk that ${full} is on is full; free some space or point TMPDIR at another folder`,
  );
  t.same(readdirSync(full), []);
});

t.test('nothing of ours is left', async (t) => {
  t.same(tracesOf(ours), { processes: [], folders: [] });
});
