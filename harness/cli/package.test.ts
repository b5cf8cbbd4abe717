import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { packageFolder } from './package.js';

t.setTimeout(120_000);

const run = promisify(execFile);
const root = packageFolder();
const work = mkdtempSync(join(tmpdir(), 'package-'));
const staged = join(work, 'staged');
const project = join(work, 'project');
const installed = join(project, 'node_modules/wsgauntlet');
t.teardown(() => rmSync(work, { recursive: true }));

/** What the built package says when it is run in the project, and with what code. */
async function wsgauntlet(args: readonly string[], node: readonly string[] = [], more = {}) {
  const bin = join(installed, 'dist/harness/cli/bin.js');
  const env = { ...process.env, NODE_OPTIONS: '', CI: '1', ...more };
  return run(process.execPath, [...node, bin, ...args], { cwd: project, env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
  );
}

/** Builds and packs a copy, and unpacks it into a project beside the dependencies that npm would bring. */
t.before(async () => {
  mkdirSync(staged);
  for (const name of ['package.json', 'LICENSE', 'README.md', 'CHANGELOG.md']) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(staged, name));
  }
  await run(process.execPath, [join(root, 'scripts/build.mjs'), join(staged, 'dist')]);
  await run('npm', ['pack', '--ignore-scripts', '--silent'], { cwd: staged });
  const tarball = readdirSync(staged).find((name) => name.endsWith('.tgz'))!;
  mkdirSync(installed, { recursive: true });
  await run('tar', ['xzf', join(staged, tarball), '-C', installed, '--strip-components=1']);
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  }
  mkdirSync(join(project, 'node_modules/.bin'));
  symlinkSync('../wsgauntlet/dist/harness/cli/bin.js', join(project, 'node_modules/.bin/wsgauntlet'));
  writeFileSync(join(project, 'package.json'), '{ "name": "project", "type": "module" }');
});

const files = () =>
  (readdirSync(installed, { recursive: true }) as string[]).filter((name) => /\.\w+$|LICENSE/.test(name));

t.test('what is published', async (t) => {
  const all = files();
  for (const name of [
    'LICENSE',
    'package.json',
    'dist/harness/cli/bin.js',
    'dist/harness/index.d.ts',
    'dist/harness/run.schema.json',
  ]) {
    t.ok(all.includes(name), name);
  }
  t.same(
    all.filter((name) => /\.test\.|testing|fixtures|(?<!\.d)\.ts$|tsconfig|\.tap/.test(name)),
    [],
  );
});

t.test('it depends on what it imports', async (t) => {
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    dependencies: object;
  };
  const bare =
    /^(?:import|export)\b[^'"]*?from\s*['"]([^.'"][^'"]*)['"]|\bimport\(\s*['"]([^.'"][^'"]*)['"]/gm;
  const used = files()
    .filter((name) => /^dist\/.*(?:\.js|\.d\.ts)$/.test(name) && !name.includes('/html/app/'))
    .flatMap((name) =>
      [...readFileSync(join(installed, name), 'utf8').matchAll(bare)].map((found) => found[1] ?? found[2]!),
    )
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  t.same(
    [...new Set(used)].filter((name) => !Object.hasOwn(dependencies, name) && name !== 'wsgauntlet'),
    [],
  );
});

t.test('help, list and doctor load nothing heavy', async (t) => {
  const spy = join(work, 'spy.cjs');
  writeFileSync(
    spy,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(join(work, 'spied'))},
      Object.keys(require('node:module')._cache).join('\\n')));`,
  );
  // No engine there: the client of the Docker Engine is for those who have one.
  const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
  for (const command of ['--help', 'list', 'doctor']) {
    const { code } = await wsgauntlet([command], ['--require', spy], env);
    t.equal(code, 0, command);
    const loaded = readFileSync(join(work, 'spied'), 'utf8');
    t.match(loaded, '/commander/');
    const heavy =
      /\/node_modules\/(ws|mockttp|node-forge|dockerode|undici|esbuild|toxiproxy-node-client|eventsource)\//;
    t.notMatch(loaded, heavy, command);
  }
});

t.test('npx wsgauntlet run, in a project of somebody', async (t) => {
  writeFileSync(
    join(project, 'mine.ts'),
    `import { echo, pass, type Check, type Scenario } from 'wsgauntlet';
const own: Check & { id: string } = { id: 'own/one', title: 't', requirement: 'r', severity: 'low', refs: [],
  async run(probe) { await probe.raw(); return pass('it came back'); } };
export default { title: 'mine', origin: echo(), via: [], checks: [own] } satisfies Scenario;\n`,
  );
  const env = { ...process.env, NODE_OPTIONS: '', CI: '1' };
  const { stdout } = await run('npx', ['--no-install', 'wsgauntlet', 'run', './mine.ts'], {
    cwd: project,
    env,
  });
  t.match(stdout, '1 scenario, 1 finding: all as expected.');
  t.ok(existsSync(join(project, 'gauntlet-report/index.html')));
  writeFileSync(
    join(project, 'bad.ts'),
    `import { echo } from 'wsgauntlet';\nexport default { origin: echo() via };\n`,
  );
  const bad = await wsgauntlet(['run', 'bad.ts']);
  t.match(bad, { code: 2, stdout: '', stderr: 'wsgauntlet: bad.ts:2:33: Expected "}" but found "via"\n' });
});

t.test('import { nginx, echo, type Scenario }: with types', async (t) => {
  writeFileSync(
    join(project, 'use.ts'),
    `import { echo, nginx, type Scenario } from 'wsgauntlet';
import squid from 'wsgauntlet/proxies/squid';
export const mine: Scenario = { title: 't', origin: echo(), via: [nginx({ websocket: true }), squid()], checks: ['masking'] };
// @ts-expect-error no such option
nginx({ websokcet: true });\n`,
  );
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2022',
        lib: ['es2023', 'esnext.disposable'],
        strict: true,
        noEmit: true,
        types: ['node'],
      },
      files: ['use.ts'],
    }),
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const said = await run(process.execPath, [tsc, '-p', project]).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
  t.equal(said, '');
  const script = `const { nginx, echo, protocol } = await import('wsgauntlet'); console.log(nginx().name, echo().role, typeof protocol.frame);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: project });
  t.equal(stdout, 'nginx origin function\n');
});
