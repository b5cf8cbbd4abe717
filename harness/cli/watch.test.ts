import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { needingBinaries } from '../testing/needing.js';
import { type Spawned, spawned } from '../testing/spawned.js';
import { pidsOf, tracesOf } from '../testing/traces.js';
import { ran, scenarioText } from './testing/io.js';
import { Changes } from './watch/changes.js';
import { importsOf } from './watch/imports.js';

t.setTimeout(110_000);

const fine = scenarioText({ one: `return pass('fine');` });
const NOTHING = { processes: [], folders: [] };

/** Waits for what it prints from now on, on either stream. */
function saying(run: Spawned) {
  let from = 0;
  return async (what: RegExp) => {
    let ended = false;
    void run.ended.then(() => {
      ended = true;
    });
    for (;;) {
      const said = run.out() + run.err();
      const rest = run.out().slice(from);
      const at = what.exec(rest);
      if (at) {
        from += at.index + at[0].length;
        return rest.slice(0, at.index + at[0].length);
      }
      if (ended) throw new Error(`it ended before it said ${what}:\n${said}`);
      await sleep(20);
    }
  };
}

t.test('what a changed file touches runs again, and nothing else', async (t) => {
  const run = spawned(t, ['run', './a.ts', './b.ts', '--watch'], {
    files: {
      'a.ts': `import { word } from './shared/word.js';\n${fine.replaceAll("'fine'", 'word')}`,
      'b.ts': fine,
    },
  });
  mkdirSync(join(run.cwd, 'shared'));
  const write = (name: string, text: string) => writeFileSync(join(run.cwd, name), text);
  write('shared/word.ts', `export const word: string = 'first';`);
  const says = saying(run);
  t.match(await says(/Watching .* until Ctrl-C\n/), '2 scenarios, 2 findings: all as expected.');

  write('shared/word.ts', `export const word: string = 'second';`);
  const again = await says(/Watching .* until Ctrl-C\n/);
  t.match(again, '\nshared/word.ts changed\n');
  t.match(again, '1 scenario, 1 finding: all as expected.');
  t.match(run.run().findings, [{ id: 'a › own/one', message: 'second' }], 'modules are read anew');

  // As editors save: beside it, then over it.
  write('b.tmp', fine.replace(`pass('fine')`, `fail('this', 'that')`));
  renameSync(join(run.cwd, 'b.tmp'), join(run.cwd, 'b.ts'));
  const broken = await says(/Watching .* until Ctrl-C\n/);
  t.match(broken, '\nb.ts changed\n');
  t.match(broken, '✗ fail b › own/one');

  write('b.ts', `${fine}export const = 1;\n`);
  t.match(await says(/Watching .* until Ctrl-C\n/), '\nb.ts changed\n');
  t.match(run.err(), /^wsgauntlet: b\.ts:\d+:14: Expected identifier but found "="\n$/);

  rmSync(join(run.cwd, 'b.ts'));
  await says(/b\.ts changed\n.*Watching .* until Ctrl-C\n/s);
  t.match(run.err(), 'there is no file ./b.ts');
  write('b.ts', fine);
  t.match(await says(/Watching .* until Ctrl-C\n/), '1 scenario, 1 finding: all as expected.');

  write('wsgauntlet.config.ts', `export default { failOn: 'high' };`);
  const all = await says(/Watching .* until Ctrl-C\n/);
  t.match(all, '\nwsgauntlet.config.ts changed\n');
  t.match(all, '2 scenarios, 2 findings: all as expected.');

  run.child.kill('SIGINT');
  t.same(await run.ended, { code: 0, signal: null }, 'that is how it is meant to end');
  t.same(tracesOf(run.tmp), NOTHING);
});

t.test('a config file behind --via, and what it includes', await needingBinaries('nginx'), async (t) => {
  const conf = (upgrade: string) =>
    `events {}\nhttp { server { listen 80; location / { proxy_pass http://app:1; proxy_http_version 1.1; ${upgrade} } } }\n`;
  const headers = 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;';
  const run = spawned(
    t,
    ['run', '--via', 'nginx.conf', '--checks', 'opening/upgrade', '--json', '--watch', '--runtime=process'],
    { files: { 'nginx.conf': conf('include upgrade.inc;'), 'upgrade.inc': '' } },
  );
  const outcome = async (text: RegExp) => {
    while (!text.test(run.err())) await sleep(20);
    return run
      .out()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).findings[0].outcome as string);
  };
  t.same(await outcome(/Watching .*upgrade\.inc.* until Ctrl-C\n/), ['fail'], 'stdout carries records alone');
  writeFileSync(join(run.cwd, 'upgrade.inc'), headers);
  t.same(await outcome(/upgrade\.inc changed.*until Ctrl-C\n/s), ['fail', 'pass']);
  writeFileSync(join(run.cwd, 'nginx.conf'), conf(''));
  t.same(await outcome(/nginx\.conf changed.*until Ctrl-C\n/s), ['fail', 'pass', 'fail']);
  run.child.kill('SIGTERM');
  t.same(await run.ended, { code: 1, signal: null });
  t.same(tracesOf(run.tmp), NOTHING);
});

const endless = scenarioText({
  quick: `return pass('fine');`,
  endless: `await probe.wait(60_000); return pass('late');`,
});

t.test('Ctrl-C in the middle of a run: 130, and nothing left', async (t) => {
  const run = spawned(t, ['run', 'endless.ts', '--watch', '-v'], { files: { 'endless.ts': endless } });
  await run.prints('own/quick: fine');
  run.child.kill('SIGINT');
  t.same(await run.ended, { code: 130, signal: null }, run.err());
  t.match(run.out(), 'SIGINT: stopping');
  t.match(run.run(), { partial: true });
  t.same(tracesOf(run.tmp), NOTHING);
});

t.test('killed itself: the run that it watched over ends as well', async (t) => {
  const run = spawned(t, ['run', 'endless.ts', '--watch', '-v'], { files: { 'endless.ts': endless } });
  await run.prints('own/quick: fine');
  run.child.kill('SIGKILL');
  await run.ended;
  for (let tries = 0; tries < 500 && pidsOf(run.tmp).length > 0; tries++) await sleep(20);
  t.same(tracesOf(run.tmp), NOTHING);
  t.match(readFileSync(join(run.cwd, 'gauntlet-report/run.json'), 'utf8'), '"partial": true');
});

t.test('what is no use to watch is said at once', async (t) => {
  const cwd = t.testdir({ 'a.ts': fine });
  const cases: [string[], string][] = [
    [['./none.ts'], 'there is no file ./none.ts'],
    [['a.ts', '--keep'], '--watch and --keep do not go together: what is kept waits for Ctrl-C'],
    [
      ['--via', 'nginx'],
      '--watch: there is no file to watch; name a scenario file, or a config file behind --via',
    ],
    [['a.ts', '--jobs', 'many'], '--jobs must be a whole number of at least 1, and is "many"'],
    [['ngnix'], 'no scenario is called "ngnix" or begins with it; did you mean nginx?'],
  ];
  for (const [argv, sentence] of cases) {
    const said = await ran(['run', '--watch', ...argv], { cwd });
    t.match(said, { code: 2, stdout: '', stderr: `wsgauntlet: ${sentence}\n` }, argv.join(' '));
  }
});

t.test('imports at any depth, and where one of them is broken', async (t) => {
  const cwd = t.testdir({
    'a.ts': `import './b.js'; import { echo } from 'wsgauntlet'; const c = await import('./c.mjs');`,
    'b.ts': `export * from './sub/d';`,
    'c.mjs': '',
    sub: { 'd.ts': 'export const d = 1;' },
    'e.ts': `import './f.ts';`,
    'f.ts': 'const = 1;',
  });
  const names = async (name: string) =>
    [...new Set(await importsOf(join(cwd, name)))].map((file) => file.slice(cwd.length + 1)).sort();
  t.same(await names('a.ts'), ['a.ts', 'b.ts', 'c.mjs', 'sub/d.ts']);
  t.same(await names('e.ts'), ['e.ts', 'f.ts']);
  t.same(await names('none.ts'), ['none.ts']);
});

t.test('changes that come in several steps are one, and those of the meantime are not lost', async (t) => {
  const cwd = t.testdir({ 'a.txt': '', 'b.txt': '', 'c.txt': '' });
  const [a, b, c] = ['a.txt', 'b.txt', 'c.txt'].map((name) => join(cwd, name));
  using changes = new Changes();
  changes.watch([a!, b!, c!]);
  await sleep(100);
  changes.watch([a!, b!]);
  writeFileSync(c!, 'no longer of interest');
  const next = changes.next();
  writeFileSync(a!, 'half');
  await sleep(150);
  writeFileSync(a!, 'whole');
  writeFileSync(b!, 'too');
  t.same((await next).sort(), [a, b]);
  writeFileSync(b!, 'while nobody waits');
  await sleep(900);
  t.same(await changes.next(), [b]);
  const woken = changes.next();
  changes.wake();
  t.same(await woken, []);
});
