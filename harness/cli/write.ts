import { join, relative } from 'node:path';
import type { Run } from '../model.js';
import { save, write } from '../run-file.js';
import type { Wanted } from './reporters.js';

/** Writes the record, the page and the reports that were asked for; every one is tried. */
export async function writeAll(
  run: Run,
  dir: string,
  wanted: readonly Wanted[],
  cwd: string,
): Promise<{ written: string[]; faults: unknown[] }> {
  const written: string[] = [];
  const faults: unknown[] = [];
  const attempt = async (work: () => Promise<string>) => {
    try {
      written.push(relative(cwd, await work()));
    } catch (fault) {
      faults.push(fault);
    }
  };
  await attempt(() => write(run, dir));
  for (const { reporter, file = join(dir, reporter.file) } of wanted) {
    if (file === join(dir, 'run.json')) continue;
    await attempt(async () => {
      await save(file, reporter.render(run));
      return file;
    });
  }
  return { written, faults };
}
