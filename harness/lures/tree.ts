import { readdirSync, readFileSync } from 'node:fs';

interface Member {
  pid: number;
  parent: number;
  group: number;
  zombie: boolean;
}

/** The processes of a group and all that descend from its leader; undefined where there is no /proc. */
export function treeOf(leader: number): number[] | undefined {
  let members: Member[];
  try {
    members = readdirSync('/proc').flatMap((entry) => (/^\d+$/.test(entry) ? (look(entry) ?? []) : []));
  } catch {
    return undefined;
  }
  const found = new Set(
    members.filter(({ pid, group }) => pid === leader || group === leader).map(({ pid }) => pid),
  );
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { pid, parent } of members) if (found.has(parent)) found.add(pid);
  }
  return members.filter(({ pid, zombie }) => found.has(pid) && !zombie).map(({ pid }) => pid);
}

/** The processes whose environment says so, whoever their parent is by now; none where there is no /proc. */
export function bearing(name: string, value: string): number[] {
  const wanted = Buffer.from(`${name}=${value}\0`);
  let entries: string[] = [];
  try {
    entries = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  } catch {
    return [];
  }
  return entries.filter((entry) => environmentOf(entry).includes(wanted)).map(Number);
}

function environmentOf(entry: string): Buffer {
  try {
    return readFileSync(`/proc/${entry}/environ`);
  } catch {
    // It is gone, or somebody else's.
    return Buffer.alloc(0);
  }
}

/** What these processes hold in memory together (VmRSS), in KiB. */
export function memoryOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + residentKb(pid), 0);
}

const residentKb = (pid: number): number => statusOf(pid, 'VmRSS');

function statusOf(pid: number, what: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function look(entry: string): Member | undefined {
  try {
    const stat = readFileSync(`/proc/${entry}/stat`, 'latin1');
    // The second field is the name in brackets, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      pid: Number(entry),
      parent: Number(fields[1]),
      group: Number(fields[2]),
      zombie: fields[0] === 'Z',
    };
  } catch {
    return undefined;
  }
}
