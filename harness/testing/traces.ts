import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';

/** What is there of runs whose temp folder is the given one. All empty: nothing was left behind. */
export interface Traces {
  /** Command lines of programs that run in it, or were told of it. */
  processes: string[];
  folders: string[];
}

/** A temp folder for the runs of a test. Programs that gave up root's privileges must be able to get through it. */
export function tempFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-test-'));
  chmodSync(folder, 0o711);
  t.teardown(() => {
    // A test that is given up in the middle leaves nothing either.
    for (const pid of pidsOf(folder)) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export function tracesOf(folder: string): Traces {
  return {
    processes: pidsOf(folder).map((pid) => `${pid} ${text(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`),
    folders: readdirSync(folder).filter((name) => name.startsWith('wsgauntlet-')),
  };
}

/**
 * Processes, other than this one, that work in the folder or were told of it, of that name if one is given; Linux
 * only, none elsewhere.
 */
export function pidsOf(folder: string, name?: string): number[] {
  return numbers('/proc').filter((pid) => {
    const is = text(`/proc/${pid}/comm`).trim();
    // A transpiler that this very process started is no program of a run.
    if (pid === process.pid || is === 'esbuild' || (name !== undefined && is !== name)) return false;
    const said = [text(`/proc/${pid}/cmdline`), text(`/proc/${pid}/environ`), link(`/proc/${pid}/cwd`)];
    return said.some((where) => where.includes(folder));
  });
}

/** Local addresses, as the kernel prints them, of what this process itself listens at. */
export function ownListeners(): string[] {
  const open = new Set(numbers('/proc/self/fd').map((fd) => link(`/proc/self/fd/${fd}`)));
  const lines = ['/proc/self/net/tcp', '/proc/self/net/tcp6'].flatMap((table) => text(table).split('\n'));
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && open.has(`socket:[${fields[9]}]`))
    .map((fields) => fields[1]!);
}

function numbers(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
