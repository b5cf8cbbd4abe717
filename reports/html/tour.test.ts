import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { compareRuns, read, write } from '../../harness/run-file.js';
import { browser, noBrowser } from '../testing/browser.js';
import { emptyRun, sampleRun } from '../testing/sample.js';
import { few, nothingButText } from '../testing/touring.js';

const dir = await mkdtemp(join(tmpdir(), 'tour-'));
t.teardown(() => rm(dir, { recursive: true }));

t.setTimeout(120_000);
t.test('in Chromium', { skip: noBrowser, timeout: 120_000 }, async (t) => {
  await using chromium = await browser();
  const sample = few(sampleRun());
  const before = { ...sample, findings: sample.findings.slice(3) };

  await t.test('every address of a run as it is created', (t) =>
    nothingButText(t, chromium, { ...sample, comparison: compareRuns(before, sample) }, Infinity),
  );
  await t.test('a run that was written and read again', async (t) =>
    nothingButText(t, chromium, await read(await write(sample, dir)), 20),
  );
  await t.test('a run in which nothing was tried', (t) => nothingButText(t, chromium, emptyRun(), Infinity));
});
