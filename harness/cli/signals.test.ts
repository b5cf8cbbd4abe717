import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { parse } from '../run-file.js';
import { scenarioText } from './testing/io.js';

const bin = fileURLToPath(new URL('./bin.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

const checks = {
  quick: `await probe.raw(); return pass('fine');`,
  endless: `await probe.wait(60_000); return pass('late');`,
};
/** A hop that stops only when it is forced to. */
const stubborn = `{ name: 'stubborn', role: 'transparent', async embed(site) {
  const { createServer, connect } = await import('node:net');
  const server = createServer((socket) => {
    const far = connect(site.upstream);
    socket.pipe(far).pipe(socket);
    for (const one of [socket, far]) one.on('error', () => {});
  });
  await new Promise((done) => server.listen(site.listen.port, site.listen.host, done));
  return { [Symbol.asyncDispose]: () => new Promise(() => {}) };
} }`;

function start(cwd: string): { child: ChildProcess; out: () => string; tmp: string } {
  const tmp = join(cwd, 'tmp');
  mkdirSync(tmp);
  const child = spawn(process.execPath, ['--import', tsx, bin, 'run', 'endless.ts', '-v'], {
    cwd,
    env: { ...process.env, TMPDIR: tmp, CI: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  return { child, out: () => said, tmp };
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const labs = (tmp: string) => readdirSync(tmp).filter((name) => name.startsWith('wsgauntlet-'));

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  t.test(`${signal} in the middle of a run: ${code}, with what was found, and nothing left`, async (t) => {
    const cwd = t.testdir({ 'endless.ts': scenarioText(checks) });
    const { child, out, tmp } = start(cwd);
    await until(() => out().includes('own/quick: fine'));
    t.equal(labs(tmp).length, 1);
    child.kill(signal);
    t.same(await once(child, 'exit'), [code, null]);
    t.match(out(), `${signal}: stopping`);
    t.match(out(), 'The run was cut short: what is missing was not tried.');
    const run = parse(readFileSync(join(cwd, 'gauntlet-report/run.json'), 'utf8'), 'run.json');
    t.match(run, { partial: true, findings: [{ check: 'own/quick', outcome: 'pass' }] });
    t.equal(run.findings.length, 1);
    t.ok(existsSync(join(cwd, 'gauntlet-report/index.html')));
    t.same(labs(tmp), []);
  });
}

t.test('a second SIGINT ends it at once', async (t) => {
  const text = scenarioText(checks).replace('via: []', `via: [${stubborn}]`);
  const cwd = t.testdir({ 'endless.ts': text });
  const { child, out, tmp } = start(cwd);
  await until(() => out().includes('own/quick: fine'));
  child.kill('SIGINT');
  await until(() => out().includes('SIGINT: stopping'));
  t.equal(child.exitCode, null, 'it waits for the hop to stop');
  child.kill('SIGINT');
  t.same(await once(child, 'exit'), [130, null]);
  t.notMatch(out(), 'Report:');
  t.same(labs(tmp), []);
});
