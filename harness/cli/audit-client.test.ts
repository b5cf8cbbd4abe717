import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { Run } from '../model.js';
import { look } from '../runtimes/process/proc.js';
import { execute } from './main.js';
import { fakeIo, ran } from './testing/io.js';

t.setTimeout(240_000);
const WS = fileURLToPath(new URL('../testing/real/clients/ws.mjs', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../testing/lured-program.ts', import.meta.url));
const node = process.execPath;
const env = process.env;

const record = (cwd: string) =>
  JSON.parse(readFileSync(join(cwd, 'gauntlet-report/run.json'), 'utf8')) as Run;
const leftOver = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`wsgauntlet-${process.pid}-`));

t.test('says in one sentence why there is no baseline', async (t) => {
  const here = { cwd: t.testdir(), env };
  for (const [why, command, said] of [
    [
      'ends',
      ['-e', 'console.error("error: no such option"); process.exit(7)'],
      /exit code 7 .*no such option/,
    ],
    ['never comes', ['-e', 'setTimeout(() => {}, 60_000)'], /never asked for a WebSocket/],
    [
      'speaks HTTP',
      ['-e', 'fetch(process.env.WSGAUNTLET_URL.replace("ws", "http"))'],
      /without having asked for a WebSocket/,
    ],
  ] as const) {
    const { code, stderr, stdout } = await ran(
      ['audit-client', '--timeout', '1500ms', '--', node, ...command],
      here,
    );
    t.equal(code, 3, why);
    t.match(stderr, said, why);
    t.equal(stdout, '');
    t.equal(stderr.trim().split('\n').length, 1);
  }
  const { code, stderr } = await ran(['audit-client', '--', './no-such-program', '{url}'], here);
  t.equal(code, 3);
  t.equal(stderr, 'wsgauntlet: the command ./no-such-program cannot be started: ENOENT\n');
  t.same(leftOver(), []);
});

t.test('refuses misuse', async (t) => {
  const here = { cwd: t.testdir(), env };
  for (const [argv, said] of [
    [[], /takes the command that starts your client/],
    [['--checks', 'framing/text', '--', 'true'], /no check of clients is called "framing\/text"/],
    [['--checks', 'wss/sni-sent', '--skip', 'wss', '--', 'true'], /leaves no check/],
    [['--timeout', 'soon', '--', 'true'], /--timeout must be a length of time/],
  ] as const) {
    const { code, stderr } = await ran(['audit-client', ...argv], here);
    t.equal(code, 2);
    t.match(stderr, said);
  }
});

t.test('passes what a sound client does, and finds what a careless one does', async (t) => {
  const here = { cwd: t.testdir(), env };
  const checks = ['client/accept-wrong', 'client/masked-frame', 'wss/sni-sent', 'wss/cert-expired'];
  const only = checks.flatMap((id) => ['--checks', id]);
  const good = await ran(['audit-client', ...only, '--', node, WS, '{url}'], here);
  t.equal(good.code, 0, good.stderr);
  t.match(good.stdout, /^ws: it came after \d+ ms, answers pings, sends a message by itself, stays/);
  t.same(
    record(here.cwd).findings.map(({ check, outcome }) => [check, outcome]),
    ['client/accept-wrong', 'client/masked-frame', 'wss/cert-expired', 'wss/sni-sent'].map((id) => [
      id,
      'pass',
    ]),
  );
  const careless = [node, '--import=tsx', PROGRAM, '{url}', 'any-accept', 'masked'];
  const repo = fileURLToPath(new URL('../..', import.meta.url));
  const out = join(here.cwd, 'gauntlet-report');
  const argv = ['audit-client', '--out', out, '--report', 'sarif', '--json', ...only, '--', ...careless];
  const bad = await ran(argv, { cwd: repo, env });
  t.equal(bad.code, 1);
  const run = JSON.parse(bad.stdout) as Run;
  t.match(
    run.findings.find(({ check }) => check === 'client/accept-wrong'),
    { outcome: 'fail', blame: 'client', actualText: /took a 101/ },
  );
  t.ok(run.findings.find(({ check }) => check === 'client/accept-wrong')!.evidence.length > 2);
  t.ok(existsSync(join(out, 'index.html')));
  const lenient = await ran(
    [...argv.slice(0, -careless.length - 1), '--fail-on', 'critical', '--', ...careless],
    {
      cwd: repo,
      env,
    },
  );
  t.equal(lenient.code, 0);
  t.same(leftOver(), []);
});

t.test('leads a command that reconnects from lure to lure', async (t) => {
  const here = { cwd: t.testdir(), env };
  const repo = fileURLToPath(new URL('../..', import.meta.url));
  const only = ['accept-wrong', 'host-right', 'ping-answered'].flatMap((id) => ['--checks', `client/${id}`]);
  const command = [node, '--import=tsx', PROGRAM, '{url}'];
  const argv = ['audit-client', '--reconnects', '--out', join(here.cwd, 'r'), ...only, '--', ...command];
  const { code, stdout, stderr } = await ran(argv, { cwd: repo, env });
  t.equal(code, 0, stderr + stdout);
  t.match(stdout, /3 checks: 3 pass/);
});

t.test('a signal ends the command and all that it started', async (t) => {
  const here = { cwd: t.testdir(), env };
  writeFileSync(
    join(here.cwd, 'client.mjs'),
    `import { spawn } from 'node:child_process';
    import { appendFileSync } from 'node:fs';
    const child = spawn('sleep', ['1000'], { stdio: 'ignore', detached: true });
    appendFileSync('pids', process.pid + '\\n' + child.pid + '\\n');
    await import(${JSON.stringify(WS)});`,
  );
  const { io, said, signal } = fakeIo(here);
  const over = execute(['audit-client', '--', node, 'client.mjs', '{url}', 'ws'], io);
  const pids = () =>
    existsSync(join(here.cwd, 'pids'))
      ? readFileSync(join(here.cwd, 'pids'), 'utf8').trim().split('\n').map(Number)
      : [];
  // Two for the baseline, each with one that it started, and then those of the checks.
  while (pids().length < 8) {
    await sleep(20);
    if (said.stderr) t.fail(said.stderr);
  }
  signal('SIGINT');
  t.equal(await over, 130);
  t.match(said.stdout, /SIGINT: stopping/);
  t.equal(record(here.cwd).partial, true);
  t.same(
    pids().filter((pid) => look(pid) && look(pid)!.state !== 'Z'),
    [],
    'none of them is left',
  );
  t.same(leftOver(), []);
});
