import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import type { Run } from '../model.js';
import { ran } from './testing/io.js';

const strict = `import { echo } from 'wsgauntlet'; export default { title: 'x', origin: echo(), via: [], checks: ['opening/upgrade'] };`;
const lax = strict
  .replace(
    'via: []',
    "via: [stripping()], expect: { 'opening/upgrade': { outcome: 'pass', because: 'it was so once' } }",
  )
  .replace('{ echo }', '{ echo, stripping }');

t.test('what changed since an earlier record is said', async (t) => {
  const cwd = await mkdtemp(join(tmpdir(), 'baseline-'));
  t.teardown(() => rm(cwd, { recursive: true }));
  await writeFile(join(cwd, 'one.mjs'), strict);
  t.equal((await ran(['run', 'one.mjs', '--out', 'before'], { cwd })).code, 0);
  // Of the same id, in another folder: a module is loaded once.
  await mkdir(join(cwd, 'later'));
  await writeFile(join(cwd, 'later/one.mjs'), lax);
  await ran(['run', 'later/one.mjs', '--out', 'after', '--baseline', 'before/run.json'], { cwd });
  const run = JSON.parse(await readFile(join(cwd, 'after/run.json'), 'utf8')) as Run;
  t.same(run.comparison?.new, ['one › opening/upgrade']);
  const none = await ran(['run', 'one.mjs', '--baseline', 'nowhere.json'], { cwd });
  t.equal(none.code, 2);
  t.match(none.stderr, /nowhere\.json/);
});
