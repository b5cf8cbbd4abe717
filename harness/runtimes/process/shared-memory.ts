import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where Linux has it. */
const FOLDER = '/dev/shm';

/** Removes the shared memory whose names begin so, once nobody uses it any more. */
export async function removeSharedMemory(prefix: string, folder = FOLDER): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (name.startsWith(prefix)) await rm(join(folder, name), { force: true });
  }
}
