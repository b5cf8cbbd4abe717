/**
 * The wall time of a whole run against its longest single wait: waits of scenarios and of checks overlap, so the ratio says
 * what the harness itself adds. `node --import=tsx bench/run.ts [runtime] [jobs]`
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../harness/model.js';

const bin = fileURLToPath(new URL('../dist/harness/cli/bin.js', import.meta.url));
const [runtime = 'auto', ...rest] = process.argv.slice(2);
const out = await mkdtemp(join(tmpdir(), 'wsgauntlet-bench-'));
try {
  const since = performance.now();
  const child = spawn(process.execPath, [bin, 'run', '--runtime', runtime, '--out', out, '-q', ...rest], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  const wall = performance.now() - since;
  const run = JSON.parse(await readFile(join(out, 'run.json'), 'utf8')) as Run;
  const slowest = [...run.findings].sort((a, b) => b.ms - a.ms);
  const all = run.findings.reduce((sum, { ms }) => sum + ms, 0);
  console.log(
    `exit code ${String(code)}, ${run.findings.length} findings at ${Object.keys(run.places).length} places`,
  );
  console.log(`wall ${(wall / 1000).toFixed(1)} s, all waits one after another ${(all / 1000).toFixed(1)} s`);
  for (const { id, ms } of slowest.slice(0, 5)) console.log(`  ${(ms / 1000).toFixed(1)} s  ${id}`);
  console.log(`wall / longest single wait: ${(wall / slowest[0]!.ms).toFixed(2)}`);
} finally {
  await rm(out, { recursive: true, force: true });
}
