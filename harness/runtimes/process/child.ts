import { execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Tail } from '../tail.js';
import { searchPath } from './binary.js';
import { groupOf } from './proc.js';

const POLITE_MS = 4000;
const GONE_MS = 1500;
/** Processes that outlive their leader may hold its output open. */
const OUTPUT_MS = 200;

/** A program that runs in a process group of its own. Disposing it ends the whole group. */
export interface Child extends AsyncDisposable {
  /** Its number on this machine; also that of its group. */
  readonly pid: number;
  readonly output: Tail;
  /** How it ended, as the end of a sentence: `ended with exit code 1`. Never rejects. */
  readonly ended: Promise<string>;
  /** Called when there is more output. */
  onOutput?: (() => void) | undefined;
}

/** Starts it with a minimal environment, in its own group and folder. Rejects when it cannot be executed. */
export async function startChild(
  binary: string,
  args: readonly string[],
  dir: string,
  stop: NodeJS.Signals = 'SIGTERM',
): Promise<Child> {
  const [command = binary, ...rest] = [...(await leash()), binary, ...args];
  const started = spawn(command, rest, {
    cwd: dir,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: searchPath(), HOME: dir, TMPDIR: dir, LC_ALL: 'C' },
  });
  await new Promise<void>((resolve, reject) => {
    started.once('spawn', resolve);
    started.once('error', reject);
  });
  started.on('error', () => {});
  const pid = started.pid!;
  const closed = new Promise((resolve) => started.once('close', resolve));
  let running = true;
  const exited = new Promise<string>((resolve) => {
    started.once('exit', (code, signal) => {
      running = false;
      // At once, while the number of the group cannot have been given to anybody else.
      send(-pid, 'SIGKILL');
      resolve(signal ? `was killed by ${signal}` : `ended with exit code ${code}`);
    });
  });
  const ended = exited.then(async (how) => {
    await Promise.race([closed, sleep(OUTPUT_MS)]);
    return how;
  });
  const child: Child = {
    pid,
    output: new Tail(),
    ended,
    async [Symbol.asyncDispose]() {
      if (running) send(pid, stop);
      await Promise.race([ended, sleep(POLITE_MS, undefined, { ref: false })]);
      if (running) send(-pid, 'SIGKILL');
      await vanished(pid);
    },
  };
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      child.output.add(chunk);
      child.onOutput?.();
    });
  }
  return child;
}

async function vanished(group: number): Promise<void> {
  for (const until = performance.now() + GONE_MS; performance.now() < until; await sleep(10)) {
    if (!(groupOf(group)?.length ?? send(-group, 0))) return;
  }
  throw new Error(`process group ${group} is still there after SIGKILL`);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

let leashed: Promise<readonly string[]> | undefined;

/**
 * What to put before a command line so that Linux ends the program when we are killed ourselves. A program that
 * gives up its privileges slips out of it; the sweep of the next start finds that one.
 */
function leash(): Promise<readonly string[]> {
  const command = ['--pdeathsig', 'TERM'];
  leashed ??= new Promise((resolve) => {
    execFile('setpriv', [...command, 'true'], { env: { PATH: searchPath() } }, (error) =>
      resolve(error ? [] : ['setpriv', ...command]),
    );
  });
  return leashed;
}
