import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import type { Reporter, Run } from '../harness/model.js';
import { read, write } from '../harness/run-file.js';
import { auditRun } from './testing/audit.js';
import { hostileRun } from './testing/hostile.js';
import { emptyRun, sampleRun } from './testing/sample.js';

const dir = await mkdtemp(join(tmpdir(), 'reports-'));
t.teardown(() => rm(dir, { recursive: true }));

const entries = await readdir(new URL('.', import.meta.url), { withFileTypes: true });
const names = entries.flatMap((entry) => {
  if (entry.isDirectory())
    return ['common', 'testing'].includes(entry.name) ? [] : [`${entry.name}/index.ts`];
  return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [entry.name] : [];
});

const oneScenario = { ...sampleRun(), findings: sampleRun().findings.slice(0, 1) };
/** Findings of checks and scenarios that the record does not tell of, named like what objects are born with. */
const dangling: Run = {
  ...sampleRun(),
  checks: {},
  places: {},
  findings: sampleRun().findings.map((each) => ({ ...each, check: 'constructor', scenario: 'toString' })),
};
const runs: Record<string, Run> = {
  sample: sampleRun(),
  empty: emptyRun(),
  hostile: hostileRun(),
  audit: auditRun(),
  'hostile audit': hostileRun(auditRun()),
  'cut short': { ...oneScenario, partial: true, shard: { index: 2, of: 4 } },
  dangling,
};

for (const name of names)
  t.test(name, async (t) => {
    const { default: reporter } = (await import(new URL(name, import.meta.url).href)) as {
      default: Reporter;
    };
    t.ok(reporter.title);
    t.match(reporter.file, /^[a-z.]+$/);
    for (const [kind, run] of Object.entries(runs)) {
      const before = JSON.stringify(run);
      const text = reporter.render(run);
      t.ok(text.endsWith('\n'), `${kind}: ends its last line`);
      t.notOk(/[\u0000-\u0008\u000b-\u001f\u007f\u202e\u2066]/.test(text), `${kind}: nothing unseen in it`);
      t.equal(JSON.stringify(run), before, `${kind}: the run is left as it was`);
      const again = await read(await write(run, dir));
      t.ok(
        reporter.render(again) === text,
        `${kind}: a record that was read renders as the run that was made`,
      );
    }
  });

t.test('each has a file of its own', async (t) => {
  const modules = await Promise.all(names.map((name) => import(new URL(name, import.meta.url).href)));
  const files = modules.map((module: { default: Reporter }) => module.default.file);
  t.equal(new Set(files).size, names.length);
});
