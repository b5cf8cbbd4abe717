import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { look } from './proc.js';
import { removeSharedMemory } from './shared-memory.js';

const NOTE = '.pid';

/** Writes down, in the lab's folder, which process was started, and what it may leave behind. */
export async function remember(lab: string, label: string, pid: number, memory = ''): Promise<void> {
  const seen = look(pid);
  if (seen) await writeFile(join(lab, label + NOTE), `${pid} ${seen.startedAt} ${memory}\n`, { mode: 0o600 });
}

/** Ends at once the programs that are noted in a lab's folder, and removes what they leave elsewhere. */
export function endNoted(lab: string): void {
  for (const name of readdirSync(lab)) {
    if (!name.endsWith(NOTE)) continue;
    const [pid, startedAt, memory] = read(join(lab, name)).trim().split(' ');
    if (startedAt && look(Number(pid))?.startedAt === startedAt) end(Number(pid));
    if (memory) removeSharedMemory(memory);
  }
}

/** Somebody else may sweep here at the same time. */
function read(note: string): string {
  try {
    return readFileSync(note, 'latin1');
  } catch {
    return '';
  }
}

function end(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
