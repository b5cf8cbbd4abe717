import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { sampleRun } from '../../reports/testing/sample.js';
import { save, write } from '../run-file.js';

const dir = await mkdtemp(join(tmpdir(), 'run-file-'));
t.teardown(() => rm(dir, { recursive: true }));

t.test('makes the folder and leaves nothing beside the record', async (t) => {
  const out = join(dir, 'deep', 'er');
  t.equal(await write(sampleRun(), out), join(out, 'run.json'));
  t.same(await readdir(out), ['run.json']);
});

t.test('a path through a file', async (t) => {
  await writeFile(join(dir, 'file'), '');
  await t.rejects(write(sampleRun(), join(dir, 'file')), {
    name: 'RunFileError',
    message: `cannot write ${join(dir, 'file', 'run.json')}: part of that path is a file, not a folder; choose another folder with --out`,
  });
  await t.rejects(write(sampleRun(), join(dir, 'file', 'below')), { message: /part of that path is a file/ });
});

t.test('a folder where the record is to be', async (t) => {
  await mkdir(join(dir, 'taken', 'run.json'), { recursive: true });
  await t.rejects(write(sampleRun(), join(dir, 'taken')), { message: /a folder is in its place/ });
  t.same(await readdir(join(dir, 'taken')), ['run.json'], 'no part is left behind');
});

t.test('a folder that is not ours to write', async (t) => {
  const locked = join(dir, 'locked');
  await mkdir(locked, { mode: 0o500 });
  if (process.geteuid?.() === 0) {
    process.seteuid?.(65534);
    t.teardown(() => process.seteuid?.(0));
  }
  await t.rejects(write(sampleRun(), locked), { message: /not permitted; choose another folder with --out/ });
});

const small = await mkdtemp(join(tmpdir(), 'small-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]).status === 0;
t.teardown(async () => {
  if (mounted) spawnSync('umount', [small]);
  await rm(small, { recursive: true });
});

t.test('a full disk', { skip: !mounted && 'no small disk can be mounted here' }, async (t) => {
  await save(join(small, 'run.json'), 'what was there before');
  await t.rejects(write(sampleRun(), small), {
    message: `cannot write ${join(small, 'run.json')}: the disk is full; free some space or choose another folder with --out`,
  });
  t.same(await readdir(small), ['run.json']);
  t.equal(await readFile(join(small, 'run.json'), 'utf8'), 'what was there before');
});
