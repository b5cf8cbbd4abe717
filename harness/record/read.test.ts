import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import t from 'tap';
import { auditRun } from '../../reports/testing/audit.js';
import { hostileRun } from '../../reports/testing/hostile.js';
import { emptyRun, sampleRun } from '../../reports/testing/sample.js';
import { parse, RunFileError, read, write } from '../run-file.js';
import { holds } from '../testing/holds.js';
import { firstProblem } from './schema.js';

const dir = await mkdtemp(join(tmpdir(), 'run-file-'));
t.teardown(() => rm(dir, { recursive: true }));
const schema = JSON.parse(await readFile(new URL('../run.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

const refused = (text: string) => {
  try {
    parse(text, 'run.json');
  } catch (error) {
    if (error instanceof RunFileError) return error.message;
    throw error;
  }
  return 'read without complaint';
};
type Tree = Record<string | number, unknown>;
const holder = (run: unknown, path: readonly (string | number)[]) =>
  path.slice(0, -1).reduce((each, key) => each[key] as Tree, run as Tree);
/** What is said of the sample with one value changed, or with its key gone. */
const changed = (path: readonly (string | number)[], value?: unknown) => {
  const run = JSON.parse(JSON.stringify(sampleRun()));
  if (value === undefined) delete holder(run, path)[path.at(-1)!];
  else holder(run, path)[path.at(-1)!] = value;
  return refused(JSON.stringify(run));
};

t.test('what is written is read back', async (t) => {
  for (const run of [
    sampleRun(),
    emptyRun(),
    hostileRun(),
    auditRun(),
    hostileRun(auditRun()),
    { ...sampleRun(), shard: { index: 1, of: 2 }, partial: true },
  ]) {
    const path = await write(run, dir);
    const text = await readFile(path, 'utf8');
    t.notMatch(text, /[\u007f-\u009f\u202e\ufeff]/, 'safe to print');
    t.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors));
    t.same(await read(path), JSON.parse(JSON.stringify(run)));
  }
});

t.test('a byte order mark is passed over', (t) => {
  t.equal(parse(`\uFEFF${JSON.stringify(sampleRun())}`, 'x').version, 1);
  t.end();
});

t.test('says where a text stops being JSON', (t) => {
  t.equal(refused('{\n  "version": 1,\n  "tool": }'), 'run.json:3:11 is not JSON: unexpected "}"');
  t.equal(
    refused('{\n "version": 1,'),
    'run.json:2:15 is not JSON: it ends in the middle; was it cut short?',
  );
  t.equal(refused(''), 'run.json:1:1 is not JSON: it is empty');
  t.equal(
    refused('{"a": "b'),
    'run.json:1:7 is not JSON: this string is not closed, or not escaped as it must be',
  );
  t.equal(refused('{} x'), 'run.json:1:4 is not JSON: unexpected "x"');
  t.equal(refused('{"a": 01}'), 'run.json:1:7 is not JSON: unexpected "0"');
  t.equal(refused('[1,]'), 'run.json:1:4 is not JSON: unexpected "]"');
  t.end();
});

t.test('finds the break in whatever the engine refuses, and soon', (t) => {
  const texts = fc.oneof(
    fc.string(),
    fc.json().map((text) => text.slice(0, -1)),
    fc.array(fc.constantFrom(...'{}[],:"1e\\ ')).map((a) => a.join('')),
  );
  holds(
    t,
    fc.property(texts, (text) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return /^run\.json:\d+:\d+ is not JSON: /.test(refused(text.replace(/^\uFEFF/, '')));
      }
    }),
  );
  t.match(refused(`{"a": "${'x\\n'.repeat(500_000)}`), /^run\.json:1:7 /);
  t.end();
});

t.test('says which key is wrong', (t) => {
  t.equal(refused('[]'), 'run.json is not a run: it has no version');
  t.equal(refused('"x"'), 'run.json is not a run: it has no version');
  t.match(
    refused('{"version": 2}'),
    /run\.json is a run of version 2, and this program reads version 1; use a newer/,
  );
  t.match(refused('{"version": "one"}'), /version "one"/);
  t.equal(changed(['places']), 'run.json is not a run: places is missing');
  t.match(
    changed(['findings', 3, 'outcome'], 'failed'),
    /findings\[3\]\.outcome must be one of pass, .* and is "failed"/,
  );
  t.match(
    changed(['places', 'plain/nginx', 'hops', 1, 'role'], 7),
    /places\["plain\/nginx"\]\.hops\[1\]\.role must be one of/,
  );
  t.match(
    changed(['findings', 0, 'evidence', 1, 'bytes'], '<b>'),
    /findings\[0\]\.evidence\[1\]\.bytes must look like/,
  );
  t.match(changed(['checks'], []), /checks must be an object, and is an array/);
  t.match(
    changed(['findings', 0, 'measured'], { a: null }),
    /findings\[0\]\.measured\.a must be a number or a string or a boolean, and is null/,
  );
  t.match(changed(['durationMs'], -1), /durationMs must be at least 0, and is -1/);
  t.match(changed(['startedAt'], 'today'), /startedAt must look like/);
  t.equal(changed(['tomorrow'], { anything: 1 }), 'read without complaint', 'additions are compatible');
  t.end();
});

t.test('names that objects are born with are ordinary names', (t) => {
  const text = JSON.stringify(sampleRun())
    .replace('"plain/direct":{', '"__proto__":{')
    .replace('"checks":{', '"checks":{"constructor":1,');
  t.match(refused(text), /checks\.constructor must be an object/);
  t.end();
});

t.test('says why a file cannot be read', async (t) => {
  await t.rejects(read(join(dir, 'none.json')), {
    message: `cannot read ${join(dir, 'none.json')}: there is no such file`,
  });
  await t.rejects(read(dir), { message: /it is a folder; name the run\.json in it/ });
  await writeFile(join(dir, 'half.json'), '{"version"');
  await t.rejects(read(join(dir, 'half.json')), {
    name: 'RunFileError',
    message: /half\.json:1:11 is not JSON/,
  });
});

t.test('judges as a full validator of the schema does', (t) => {
  const sample = { ...sampleRun(), shard: { index: 1, of: 2 }, findings: sampleRun().findings.slice(20, 24) };
  const places = paths(sample);
  const other = fc.oneof(
    fc.constant(undefined),
    fc.constantFrom(null, '', 'pass', '2025-01-01T00:00:00Z', -1, 0.5, 3, true),
    fc.constant([]),
    fc.constant({}),
  );
  holds(
    t,
    fc.property(fc.constantFrom(...places), other, (path, value) => {
      const run = JSON.parse(JSON.stringify(sample));
      const at = holder(run, path);
      if (value === undefined && !Array.isArray(at)) delete at[path.at(-1)!];
      else at[path.at(-1)!] = value ?? null;
      return (firstProblem(run, schema) === undefined) === validate(run);
    }),
    { numRuns: 2000 },
  );
  t.end();
});

function paths(value: unknown): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...paths(inner).map((rest) => [key, ...rest]),
  ]);
}
