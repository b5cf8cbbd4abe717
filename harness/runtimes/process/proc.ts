import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';

/** A process as Linux' /proc/PID/stat shows it. */
export interface Seen {
  pid: number;
  state: string;
  group: number;
  /** Clock ticks since the machine came up: with the number it names one process for good. */
  startedAt: string;
}

/** Undefined when there is no such process, or no /proc. */
export function look(pid: number): Seen | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the name in brackets, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, state: fields[0]!, group: Number(fields[2]), startedAt: fields[19]! };
  } catch {
    return undefined;
  }
}

/** The living processes of a group; undefined where there is no /proc. */
export function groupOf(group: number): number[] | undefined {
  let entries: string[];
  try {
    entries = readdirSync('/proc');
  } catch {
    return undefined;
  }
  return entries
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => look(Number(entry)))
    .filter((seen) => seen?.group === group && seen.state !== 'Z')
    .map((seen) => seen!.pid);
}

/** Whether a process of the group listens on the TCP port; undefined where that cannot be told. */
export function listens(group: number, port: number): boolean | undefined {
  const members = groupOf(group);
  const sockets = listeners(port);
  if (!members || !sockets) return undefined;
  let told = true;
  for (const pid of members) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        if (sockets.has(link(`/proc/${pid}/fd/${fd}`))) return true;
      }
    } catch {
      told = false;
    }
  }
  return told ? false : undefined;
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** `socket:[inode]` of every listener on the port. */
function listeners(port: number): Set<string> | undefined {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const found = new Set<string>();
  let read = false;
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    try {
      for (const line of listening(table)) {
        const fields = line.trim().split(/\s+/);
        if (fields[1]?.endsWith(hex)) found.add(`socket:[${fields[9]}]`);
      }
      read = true;
    } catch {}
  }
  return read ? found : undefined;
}

const LISTEN = / 0A /;

/** The table's lines of listeners. Linux lists them first: of thousands of connections behind them none is read. */
function listening(table: string): string[] {
  const file = openSync(table, 'r');
  try {
    const chunk = Buffer.alloc(65_536);
    let text = '';
    for (let read = -1; read !== 0; ) {
      read = readSync(file, chunk);
      text += chunk.toString('latin1', 0, read);
      const lines = text.split('\n').slice(1);
      const other = lines.slice(0, -1).findIndex((line) => !LISTEN.test(line));
      if (other >= 0) return lines.slice(0, other);
    }
    return text.split('\n').slice(1, -1);
  } finally {
    closeSync(file);
  }
}
