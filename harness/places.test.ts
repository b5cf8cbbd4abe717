import { join } from 'node:path';
import t from 'tap';
import { entries } from './catalogue.js';
import { ran } from './cli/testing/io.js';
import { parse } from './run-file.js';
import { setEnv } from './testing/env.js';
import { isMissing, offLines } from './testing/shown.js';
import { ownListeners, tempFolder, tracesOf } from './testing/traces.js';

t.setTimeout(110_000);

const strict = process.env.WSGAUNTLET_STRICT === '1';
const listeners = ownListeners();
const tmp = tempFolder(t);
// Containers have a test of their own.
setEnv(t, { TMPDIR: tmp, DOCKER_HOST: `unix://${tmp}/no-engine.sock` });

const { code, stdout, stderr } = await ran(['run', '--json', '--out', join(tmp, 'out')], { cwd: tmp });
const run = parse(stdout, 'run.json');

const scenarios = entries('scenario').map(({ id }) => id);
for (const hop of new Set(scenarios.map((id) => id.split('/')[0]!))) {
  const here = run.findings.filter(({ scenario }) => scenario.startsWith(`${hop}/`));
  const missing = here.find(isMissing)?.message;
  if (missing !== undefined && !strict) t.test(`${hop}: a program`, { skip: missing }, async () => {});
  else t.equal(missing, undefined, `${hop}: every program is there`);
  t.test(`${hop}: all as its scenarios expect`, async (t) => {
    for (const line of offLines(here)) t.fail(line);
    for (const id of scenarios.filter((id) => id.startsWith(`${hop}/`))) {
      const of = here.filter(({ scenario }) => scenario === id);
      const skips = of.filter((finding) => finding.outcome === 'skip' && !isMissing(finding));
      const busy = skips.some(({ message }) => /this machine was held up|too few to judge/.test(message));
      t.ok(skips.length < of.length || busy, `something could be tried at ${id}`);
    }
  });
}

t.test('it says so', async (t) => {
  t.match({ code, stderr }, { code: 0, stderr: /all as expected/ });
});

t.test('nothing is left: no process, port or folder', async (t) => {
  t.same(tracesOf(tmp), { processes: [], folders: [] });
  t.same(ownListeners(), listeners);
});
