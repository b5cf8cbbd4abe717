import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Misuse } from '../trouble.js';

/** The record that is meant: the file itself, or of a folder the newest `run.json` in it and in its folders. @throws {Misuse} */
export function newestRecord(given: string, cwd: string): string {
  const path = resolve(cwd, given);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) return path;
  const name = relative(cwd, path) || '.';
  const [newest] = (found ? recordsIn(path) : []).sort((a, b) => b.at - a.at);
  if (newest) return newest.file;
  throw new Misuse(
    `there is no report in ${name}; make one with \`wsgauntlet run\`, or name its run.json: wsgauntlet show build/run.json`,
  );
}

function recordsIn(folder: string): { file: string; at: number }[] {
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.map((entry) => join(folder, entry.name))].flatMap((each) => {
    const file = join(each, 'run.json');
    const found = statSync(file, { throwIfNoEntry: false });
    return found?.isFile() ? [{ file, at: found.mtimeMs }] : [];
  });
}
