import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Written } from '../site.js';

const KEPT = 16 * 1024;

/**
 * Makes a program's folder below the lab's and writes its files. Started by root a program gives up its privileges,
 * so then the folder is as open as /tmp is; keys stay with their owner.
 */
export async function writeFolder(lab: string, dir: string, written: readonly Written[]): Promise<void> {
  const root = process.getuid?.() === 0;
  if (root) await chmod(lab, 0o711);
  const made = new Set<string>();
  const make = async (folder: string) => {
    if (made.has(folder)) return;
    if (folder !== dir) await make(dirname(folder));
    await mkdir(folder);
    await chmod(folder, root ? 0o1777 : 0o700);
    made.add(folder);
  };
  await make(dir);
  for (const { path, text, secret } of written) {
    const file = join(dir, path);
    await make(dirname(file));
    await writeFile(file, text, { mode: 0o600 });
    if (root && !secret) await chmod(file, 0o644);
  }
}

/** The end of a file; empty when there is none. */
export function fileTail(path: string): string {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const size = fstatSync(fd).size;
    const octets = Buffer.alloc(Math.min(size, KEPT));
    return octets.toString('utf8', 0, readSync(fd, octets, 0, octets.length, size - octets.length));
  } catch {
    return '';
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
