import { lstat, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endNoted } from './notes.js';

const LAB = /^wsgauntlet-(\d+)-/;

/** Removes the folders of labs whose process is gone, and ends what these had left running. */
export async function sweepFolders(parent = tmpdir()): Promise<void> {
  for (const name of await readdir(parent)) {
    const owner = LAB.exec(name)?.[1];
    if (owner === undefined || running(Number(owner))) continue;
    const folder = join(parent, name);
    try {
      // The parent is anybody's: another user's folder could name any process to be killed.
      const found = await lstat(folder);
      if (!found.isDirectory() || found.uid !== process.getuid?.()) continue;
      endNoted(folder);
      await rm(folder, { recursive: true, force: true });
    } catch {
      // Somebody else sweeps it at the same time.
    }
  }
}

function running(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
