import { relative, resolve } from 'node:path';
import type { Run } from '../model.js';
import { RunFileError, read, save } from '../run-file.js';
import type { Flags } from './command.js';
import type { Io } from './io.js';
import { comparison } from './new-or-worse.js';
import { wantedReports } from './reporters.js';
import { Misuse } from './trouble.js';

/** A record that the user names. @throws {Misuse} where it cannot be read */
export async function readRun(path: string, cwd: string): Promise<Run> {
  return read(resolve(cwd, path)).catch((fault: unknown) => {
    throw fault instanceof RunFileError ? new Misuse(fault.message) : fault;
  });
}

/** The command `report`. */
export async function reportCommand(path: string, flags: Flags, io: Io): Promise<number> {
  const wanted = await wantedReports((flags.report as readonly string[] | undefined) ?? ['markdown'], io.cwd);
  const printed = wanted.filter(({ file }) => file === undefined);
  if (printed.length > 1) {
    const names = printed.map(({ id }) => id).join(' and ');
    throw new Misuse(
      `--report: only one report can go to stdout, not ${names}; give the others a file: --report name=file`,
    );
  }
  const given = await readRun(path, io.cwd);
  const baseline = flags.baseline as string | undefined;
  const run =
    baseline === undefined
      ? given
      : { ...given, comparison: comparison(await readRun(baseline, io.cwd), given) };
  for (const { reporter, file } of wanted) {
    const text = reporter.render(run);
    if (file === undefined) io.stdout.write(text);
    else {
      await save(file, text);
      io.stderr.write(`${relative(io.cwd, file)}\n`);
    }
  }
  return 0;
}
