import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { parse } from '../run-file.js';
import { execute } from './main.js';
import { fakeIo, ran } from './testing/io.js';

/** A hop that is to blame, and what it offers as TypeScript. */
const careless = (offers: string, check = `return fail('this', 'that', { blame: 'careless' });`) => `
import { echo, fail, pass, stripping, passing } from 'wsgauntlet';
let times = 0;
const hop = { ...stripping(), name: 'careless', remedies: () => ${offers} };
export default {
  title: 'of a test', origin: echo(), via: [hop],
  checks: ['opening/upgrade', { id: 'own/stays', title: 's', requirement: 'r', severity: 'low', refs: [],
    async run(probe) { times++; ${check} } }],
};
`;
const offer = `[{ title: 'pass it on', language: 'careless', note: 'at a price',
  parts: [{ where: 'careless.conf', lines: ['upgrade on;'] }], applied: { ...passing(), name: 'careless' } }]`;

const record = (cwd: string) =>
  parse(readFileSync(join(cwd, 'gauntlet-report/run.json'), 'utf8'), 'run.json').findings;

function place(t: Test, text: string): string {
  return t.testdir({ 'careless.ts': text });
}

t.test(
  'what holds and what does not, at the finding and all together; the exit code is the run’s',
  async (t) => {
    const cwd = place(t, careless(offer));
    const { code, stdout, stderr } = await ran(['run', 'careless.ts', '--prove', '--report', 'markdown'], {
      cwd,
    });
    t.match({ code, stderr }, { code: 1, stderr: '' });
    t.match(stdout, '\ntrying a remedy\n');
    t.match(
      stdout,
      `    remedy    careless: pass it on
                careless.conf:
                  upgrade on;
                (at a price)
    proved    held: with \`upgrade on;\` applied, opening/upgrade passes: 101, and an echo came back (careless, in-process)
`,
    );
    t.match(
      stdout,
      `    remedy    careless: pass it on, by the lines above
    proved    did not hold: with \`upgrade on;\` applied, own/stays still fails: that (careless, in-process)
`,
    );
    t.match(stdout, 'Remedies tried for 2 findings: 1 held, 1 did not hold\n');
    t.match(stdout, '    ✓ careless: careless, pass it on (opening/upgrade)\n');
    const [upgrade, stays] = record(cwd);
    t.match(upgrade, {
      remedy: {
        hop: 'careless',
        title: 'pass it on',
        language: 'careless',
        parts: [{ where: 'careless.conf', lines: ['upgrade on;'] }],
        note: 'at a price',
      },
      proved: { held: true },
    });
    t.match(stays, { outcome: 'fail', proved: { held: false } });
    const markdown = readFileSync(join(cwd, 'gauntlet-report/summary.md'), 'utf8');
    t.match(markdown, '  `careless.conf`:\n\n  ```careless\n  upgrade on;\n  ```\n');
    t.match(markdown, '- proved: held: `` with `upgrade on;` applied, ');
  },
);

t.test('without the flag the lines are told, and not tried', async (t) => {
  const cwd = place(t, careless(offer));
  const { code, stdout } = await ran(['run', 'careless.ts', '--checks', 'opening/upgrade'], { cwd });
  t.equal(code, 1);
  t.match(stdout, '                  upgrade on;\n');
  t.notMatch(stdout, /trying|proved|Remedies tried/);
  t.equal(record(cwd)[0]!.proved, undefined);
});

t.test('nothing to try', async (t) => {
  const nothing = await ran(['run', 'careless.ts', '--prove'], { cwd: place(t, careless('[]')) });
  t.equal(nothing.code, 1);
  t.match(nothing.stdout, 'there is no remedy that could be tried\n');
});

t.test('a remedy that cannot be asked for', async (t) => {
  const cwd = place(t, careless(`{ throw new Error('oh dear'); }`));
  const faulty = await ran(['run', 'careless.ts', '--prove'], { cwd });
  t.match({ code: faulty.code, stderr: faulty.stderr }, { code: 1, stderr: '' });
  t.match(faulty.stdout, 'the remedies of careless failed for opening/upgrade: oh dear\n');
});

t.test('what is hostile in a remedy is made inert', async (t) => {
  const hostile = `[{ title: 'a\\x1b[31m', language: 'x', parts: [{ lines: ['b\\x1b]0;c\\x07'] }] }]`;
  const { stdout } = await ran(['run', 'careless.ts'], { cwd: place(t, careless(hostile)) });
  t.match(stdout, 'careless: a\\x1b[31m\n                b\\x1b]0;c\\x07\n');
  t.notMatch(stdout, '\x1b');
});

t.test('Ctrl-C while remedies are tried: 130, with all that was found', async (t) => {
  const slow = `if (times > 1) await probe.wait(60_000); return fail('this', 'that', { blame: 'careless' });`;
  const cwd = place(t, careless(offer, slow));
  const { io, said, signal } = fakeIo({ cwd });
  const code = execute(['run', 'careless.ts', '--prove'], io);
  while (!said.stdout.includes('trying a remedy')) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 300));
  signal('SIGINT');
  t.equal(await code, 130);
  const found = record(cwd);
  t.same(
    found.map(({ check, outcome }) => [check, outcome]),
    [
      ['opening/upgrade', 'fail'],
      ['own/stays', 'fail'],
    ],
  );
  t.ok(found.every(({ remedy }) => remedy));
  t.equal(found[1]!.proved, undefined);
});
