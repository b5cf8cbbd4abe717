import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Run } from '../model.js';
import { RunFileError } from './error.js';

/** Writes `run.json` into the folder, which is made where it is missing, and says where it went. */
export async function write(run: Run, dir: string): Promise<string> {
  const path = join(dir, 'run.json');
  await save(path, `${toJson(run)}\n`);
  return path;
}

/** What cannot be seen, or turns the direction of text, stands as `\\u202e`, so that a terminal may print a record. */
function toJson(run: Run): string {
  return JSON.stringify(run, null, 1).replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Writes a file whole or not at all: beside its place first, then renamed over it.
 * @throws {RunFileError} when it cannot, with what was there before left as it was.
 */
export async function save(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.part`;
  try {
    await makeFolder(dirname(path));
    const file = await open(beside, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => {});
    throw new RunFileError(sentence(path, cause), { cause });
  }
}

/** Node's own `recursive` tries for ever where the system says that a folder which is there is not (/proc). */
async function makeFolder(path: string): Promise<void> {
  const missing = async (fault: NodeJS.ErrnoException) => {
    if (fault.code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (fault.code !== 'ENOENT' || dirname(path) === path) throw fault;
    await makeFolder(dirname(path));
    await mkdir(path);
  };
  await mkdir(path).catch(missing);
}

function sentence(path: string, cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const what = `cannot write ${path}`;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `${what}: the disk is full; free some space or choose another folder with --out`;
  if (code === 'EACCES' || code === 'EPERM')
    return `${what}: not permitted; choose another folder with --out`;
  if (code === 'EROFS') return `${what}: the file system is read-only; choose another folder with --out`;
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return `${what}: part of that path is a file, not a folder; choose another folder with --out`;
  if (code === 'EISDIR') return `${what}: a folder is in its place; remove it or choose another with --out`;
  return `${what}: ${cause instanceof Error ? cause.message : String(cause)}`;
}
