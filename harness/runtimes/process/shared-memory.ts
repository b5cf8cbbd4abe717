import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux has it. */
const FOLDER = '/dev/shm';

/** Removes the shared memory whose names begin so. Who still uses it has it until they end. */
export function removeSharedMemory(prefix: string, folder = FOLDER): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) if (name.startsWith(prefix)) rmSync(join(folder, name), { force: true });
}
