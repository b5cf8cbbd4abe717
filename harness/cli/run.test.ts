import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import type { Run } from '../model.js';
import { parse } from '../run-file.js';
import { ran, scenarioText } from './testing/io.js';

const labs = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`wsgauntlet-${process.pid}-`));

t.test('all as expected: 0, a matrix, a record and a page', async (t) => {
  const cwd = t.testdir({
    'fine.scenario.ts': scenarioText(
      {
        echo: `await probe.raw(); return pass('it came back');`,
        broken: `return fail('this', 'that');`,
        figure: `return info('measured', { idleMs: 5 });`,
        look: `return warn('odd');`,
        untried: `return skip('no way');`,
      },
      `expect: { 'own/broken': { outcome: 'fail', because: 'it always was' } }`,
    ),
  });
  const { code, stdout, stderr } = await ran(
    ['run', './fine.scenario.ts', '--report', 'junit', '--report', 'tap=x/y.tap'],
    { cwd },
  );
  t.match({ code, stderr }, { code: 0, stderr: '' });
  t.match(stdout, '[1/1] fine: 1 warn, 1 known, 1 pass, 1 info, 1 skip\n');
  t.match(stdout, /\nscenario {2}own\nfine {6}warn 1\/5\n/);
  t.match(stdout, 'Known to break: 1 (named with -v, and in the report)\n');
  t.match(stdout, 'Skipped: 1\n    no way (fine › own/untried)\n');
  t.match(stdout, '1 scenario, 5 findings: all as expected. (');
  t.match(stdout, 'Report: gauntlet-report/index.html\n');
  t.match(stdout, '2 other reports: gauntlet-report/junit.xml, x/y.tap\n');
  t.notMatch(stdout, '\x1b');
  t.same(readdirSync(join(cwd, 'gauntlet-report')).sort(), ['index.html', 'junit.xml', 'run.json']);
  const run = parse(readFileSync(join(cwd, 'gauntlet-report/run.json'), 'utf8'), 'run.json');
  t.same(
    run.findings.map(({ check, outcome, differs }) => [check, outcome, differs]),
    [
      ['own/echo', 'pass', false],
      ['own/broken', 'fail', false],
      ['own/figure', 'info', false],
      ['own/look', 'warn', false],
      ['own/untried', 'skip', false],
    ],
  );
  t.same(Object.keys(run.environment), ['node', 'os']);
  t.equal(run.partial, undefined);
  t.match(run.places.fine, {
    title: 'of a test',
    hops: [{ name: 'client' }, { name: 'origin', runtime: 'in-process' }],
  });
});

t.test('a difference: 1, with what was expected and what was seen', async (t) => {
  const cwd = t.testdir({
    'off.ts': scenarioText({
      bad: `return fail('close 1002', 'it\\x1b[31m stayed open', { blame: 'origin' });`,
      good: `return pass('fine');`,
    }),
  });
  const { code, stdout, stderr } = await ran(['run', 'off.ts'], { cwd });
  t.match({ code, stderr }, { code: 1, stderr: '' });
  t.match(
    stdout,
    '✗ fail off › own/bad: the check bad (medium)\n    expected  close 1002\n    actual    it\\x1b[31m stayed open\n    blame     origin\n    path      client → origin\n',
  );
  t.equal((await ran(['run', 'off.ts', '--fail-on', 'high'], { cwd })).code, 0, 'below --fail-on');
  t.equal((await ran(['run', 'off.ts', '--checks', 'own/good'], { cwd })).code, 0, 'only the other check');
});

t.test('too good to be true: 1', async (t) => {
  const expect = `expect: { own: { outcome: 'fail', because: 'it is known to' } }`;
  const cwd = t.testdir({ 'good.mjs': scenarioText({ one: `return pass('fine');` }, expect) });
  const { code, stdout } = await ran(['run', 'good.mjs'], { cwd });
  t.equal(code, 1);
  t.match(stdout, '◆ unexpected pass good › own/one');
  t.match(stdout, '    expected  fail, because it is known to\n    actual    fine\n');
});

t.test('what could not be judged: 3, unless something differs as well', async (t) => {
  const cwd = t.testdir({
    'err.ts': scenarioText({ thrown: `throw new Error('oh dear');`, good: `return pass('fine');` }),
    'both.ts': scenarioText({ thrown: `throw new Error('oh dear');`, bad: `return fail('a', 'b');` }),
    'slow.ts': scenarioText({ slow: `await probe.wait(20_000); return pass('late');` }),
    'none.ts': scenarioText({ one: `return skip('there is no way');` }),
  });
  const err = await ran(['run', 'err.ts'], { cwd });
  t.equal(err.code, 3);
  t.match(err.stdout, 'Could not be judged: 1\n    the check failed: oh dear (err › own/thrown)\n');
  t.equal((await ran(['run', 'both.ts'], { cwd })).code, 1);
  const slow = await ran(['run', 'slow.ts', '--timeout', '150ms', '--idle', '50'], { cwd });
  t.equal(slow.code, 3);
  t.match(slow.stdout, 'not finished within 150 ms');
  const none = await ran(['run', 'none.ts'], { cwd });
  t.match(none, { code: 3, stderr: 'wsgauntlet: nothing could be tried\n' });
  t.match(none.stdout, '1 scenario, 1 finding: none could be tried.');
});

t.test('a program that nothing carries is a skip with the sentence', async (t) => {
  const program = `{ name: 'nosuchproxy', role: 'reverse', argv: () => ['nosuchproxy'] }`;
  const cwd = t.testdir({
    'gone.ts': scenarioText({ one: `return pass('x');` }).replace('via: []', `via: [${program}]`),
  });
  const { code, stdout, stderr } = await ran(['run', 'gone.ts', '--runtime', 'process'], { cwd });
  t.equal(code, 3);
  t.match(stdout, 'nothing here carries nosuchproxy: process: no `nosuchproxy` on PATH');
  t.equal(stderr, 'wsgauntlet: nothing could be tried\n');
});

t.test('a hop that ends in the middle of it: 3, and what was found before is kept', async (t) => {
  const relay = `const { createServer, connect } = require('node:net');
    const [host, port, farHost, farPort] = process.argv.slice(1);
    createServer((socket) => {
      const far = connect(Number(farPort), farHost);
      socket.pipe(far).pipe(socket);
      socket.on('data', (octets) => octets.includes('die') && process.exit(7));
    }).listen(Number(port), host);`;
  const program = `{ name: 'mortal', role: 'reverse', argv: ({ listen, upstream }) =>
    ['node', '-e', ${JSON.stringify(relay)}, listen.host, String(listen.port), upstream.host, String(upstream.port)] }`;
  const cwd = t.testdir({
    'mortal.ts': scenarioText({
      quick: `await probe.raw(); return pass('fine');`,
      deadly: `const peer = await probe.raw(); await probe.wait(300); peer.send(Buffer.from('die')); await probe.wait(9000);
        return pass('late');`,
    }).replace('via: []', `via: [${program}]`),
  });
  const { code, stdout } = await ran(['run', 'mortal.ts'], { cwd });
  t.equal(code, 3);
  t.match(stdout, '[1/1] mortal: 1 error, 1 pass');
  t.match(stdout, 'mortal ended during the scenario: mortal ended with exit code 7');
});

t.test('--json: the record alone on stdout', async (t) => {
  const cwd = t.testdir({ 'one.ts': scenarioText({ one: `return fail('a', 'b');` }) });
  const { code, stdout, stderr } = await ran(['run', 'one.ts', '--json', '-v'], { cwd });
  t.equal(code, 1);
  const run = JSON.parse(stdout) as Run;
  t.match(run, { version: 1, findings: [{ id: 'one › own/one', outcome: 'fail' }] });
  t.same(run, JSON.parse(readFileSync(join(cwd, 'gauntlet-report/run.json'), 'utf8')));
  t.match(stderr, 'one › own/one');
});

t.test(
  'an output folder that cannot be made: 3, one sentence, and the findings are printed all the same',
  async (t) => {
    const cwd = t.testdir({ 'one.ts': scenarioText({ one: `return pass('fine');` }), file: 'in the way' });
    const { code, stdout, stderr } = await ran(['run', 'one.ts', '--out', 'file/below'], { cwd });
    t.equal(code, 3);
    t.match(stdout, '1 scenario, 1 finding: all as expected.');
    t.match(
      stderr,
      /^wsgauntlet: cannot write .*run\.json: part of that path is a file, not a folder; choose another/,
    );
  },
);

t.test('quiet and verbose', async (t) => {
  const cwd = t.testdir({
    'one.ts': scenarioText({ good: `return pass('fine');`, bad: `return fail('a', 'b');` }),
  });
  const quiet = await ran(['run', 'one.ts', '-q'], { cwd });
  t.notMatch(quiet.stdout, '[1/1]');
  t.notMatch(quiet.stdout, 'scenario  own');
  t.match(quiet.stdout, '✗ fail one › own/bad');
  const verbose = await ran(['run', 'one.ts', '-v'], { cwd });
  t.match(verbose.stdout, '✓ one › own/good: fine\n');
});

t.test('on a terminal: a grid that is gone at the end, in colours unless told otherwise', async (t) => {
  const cwd = t.testdir({ 'one.ts': scenarioText({ one: `await probe.wait(250); return pass('fine');` }) });
  const coloured = await ran(['run', 'one.ts'], { cwd, columns: 100 });
  t.match(coloured.stdout, '0/1 scenarios  0/1 checks  0:00');
  t.match(coloured.stdout, /(?:\x1b\[2K\x1b\[1B)+\x1b\[\dA\r/);
  t.match(coloured.stdout, '\x1b[32m✓\x1b[0m \x1b[32m1\x1b[0m');
  const plain = await ran(['run', 'one.ts', '--no-color'], { cwd, columns: 100 });
  t.notMatch(plain.stdout, '\x1b[32m');
  const ci = await ran(['run', 'one.ts'], { cwd, columns: 100, env: { CI: 'true', NO_COLOR: '1' } });
  t.notMatch(ci.stdout, '\x1b');
  const forced = await ran(['run', 'one.ts'], { cwd, env: { FORCE_COLOR: '1' } });
  t.match(forced.stdout, '\x1b[32m');
});

t.test('the same settings from a file and from the environment, in their order', async (t) => {
  const cwd = t.testdir({
    'one.ts': scenarioText({ bad: `return fail('a', 'b');` }),
    'wsgauntlet.config.ts': `const out: string = 'from-file';\nexport default { out, failOn: 'high', report: ['tap'] };\n`,
  });
  t.match(await ran(['run', 'one.ts'], { cwd }), {
    code: 0,
    stdout: /Report: from-file\/index\.html\n1 other report: from-file\/run\.tap/,
  });
  const env = { WSGAUNTLET_FAIL_ON: 'low', WSGAUNTLET_OUT: 'from-env' };
  t.match(await ran(['run', 'one.ts'], { cwd, env }), { code: 1, stdout: 'Report: from-env/index.html' });
  t.match(await ran(['run', 'one.ts', '--out', 'from-flag'], { cwd, env }), {
    stdout: 'Report: from-flag/index.html',
  });
  writeFileSync(join(cwd, 'bad.json'), '{ "fialOn": "low" }');
  t.match(await ran(['run', 'one.ts', '--config', 'bad.json'], { cwd }), {
    code: 2,
    stderr: 'wsgauntlet: bad.json: there is no setting "fialOn"; did you mean failOn?\n',
  });
  writeFileSync(join(cwd, 'bad.json'), '{\n  "jobs": 0 }');
  t.match(await ran(['run', 'one.ts', '--config', 'bad.json'], { cwd }), {
    code: 2,
    stderr: 'wsgauntlet: bad.json: jobs must be a whole number of at least 1, and is 0\n',
  });
  writeFileSync(join(cwd, 'bad.json'), '{\n  "jobs": 1,,\n}');
  t.match(await ran(['run', 'one.ts', '--config', 'bad.json'], { cwd }), {
    code: 2,
    stderr: 'wsgauntlet: bad.json:2:13 is not JSON: unexpected ","\n',
  });
});

t.test('--retries: what was as expected only when tried again is named', async (t) => {
  const cwd = t.testdir({
    'shaky.ts': scenarioText({
      second: `tries += 1; return tries < 2 ? fail('a', 'b') : pass('fine');`,
      never: `return fail('this', 'that');`,
      first: `return pass('at once');`,
    }).replace('export default', 'let tries = 0;\nexport default'),
  });
  const { code, stdout } = await ran(['run', 'shaky.ts', '--retries', '2', '-v'], { cwd });
  t.equal(code, 1);
  t.match(stdout, '\nFlaky: 1\n    shaky › own/second: as expected on try 2, and not before\n');
  t.match(stdout, '✓ shaky › own/second: fine (try 2)\n');
  t.match(stdout, /✗ fail shaky › own\/never.*? {4}tries {5}3, and the last was so\n/s);
  t.match(stdout, '✓ shaky › own/first: at once\n');
});

t.test('no folder of ours is left', async (t) => {
  t.same(labs(), []);
});
