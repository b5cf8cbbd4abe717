import { lstat, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { look } from './proc.js';
import { removeSharedMemory } from './shared-memory.js';

const LAB = /^wsgauntlet-(\d+)-/;
const NOTE = '.pid';

/** Writes down, in the lab's folder, which process was started, and what it may leave behind, for a later sweep. */
export async function remember(lab: string, label: string, pid: number, memory = ''): Promise<void> {
  const seen = look(pid);
  if (seen) await writeFile(join(lab, label + NOTE), `${pid} ${seen.startedAt} ${memory}\n`, { mode: 0o600 });
}

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
      await endLeftovers(folder);
      await rm(folder, { recursive: true, force: true });
    } catch {
      // Somebody else sweeps it at the same time.
    }
  }
}

async function endLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(NOTE)) continue;
    const [pid, startedAt, memory] = (await readFile(join(folder, name), 'latin1')).trim().split(' ');
    if (look(Number(pid))?.startedAt === startedAt) {
      try {
        process.kill(-Number(pid), 'SIGKILL');
      } catch {
        // It ended meanwhile.
      }
    }
    if (memory) await removeSharedMemory(memory);
  }
}

function running(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
