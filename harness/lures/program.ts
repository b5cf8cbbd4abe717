import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Exit, Launched } from '../model.js';
import { remember } from '../runtimes/process/notes.js';
import { Tail } from '../runtimes/tail.js';
import { pause } from './pause.js';
import { bearing, memoryOf, treeOf } from './tree.js';

const SAMPLE_MS = 100;
const OUTPUT_MS = 150;
const GONE_MS = 2000;
/** By which whatever it started is found again. */
const MARK = 'WSGAUNTLET_RUN';

export interface ProgramOptions {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** A folder of ours, in which it is noted that the process is. */
  notes: string;
  /** Where it is told to connect to. */
  url: string;
}

let started = 0;

/** Starts a program of the user's in a process group of its own. @throws what the system says when it cannot be executed */
export async function startProgram({ argv, env, cwd, notes, url }: ProgramOptions): Promise<Launched> {
  const [command = '', ...rest] = argv;
  const startedAt = performance.now();
  const mark = randomBytes(8).toString('hex');
  const child = spawn(command, rest, {
    cwd,
    env: { ...env, [MARK]: mark },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  child.on('error', () => {});
  const pid = child.pid!;
  // It may be over before anything else is done.
  const exited = ended(child, startedAt);
  let running = true;
  void exited.then(() => {
    running = false;
    clearInterval(sampling);
  });
  const tail = new Tail();
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => tail.add(chunk));
  let peak: number | undefined;
  const sample = () => {
    const tree = treeOf(pid);
    if (tree) peak = Math.max(peak ?? 0, memoryOf(tree));
  };
  const sampling = setInterval(sample, SAMPLE_MS);
  sampling.unref();
  await remember(notes, `program-${++started}`, pid);
  return {
    startedAt,
    url,
    exited,
    lines: () => tail.text(),
    peakKb() {
      if (running) sample();
      return peak;
    },
    forgetPeak() {
      peak = undefined;
      if (running) sample();
      return peak;
    },
    async [Symbol.asyncDispose]() {
      clearInterval(sampling);
      send(-pid, 'SIGKILL');
      const until = performance.now() + GONE_MS;
      for (;;) {
        const left = [...(treeOf(pid) ?? []), ...bearing(MARK, mark)];
        for (const each of left) send(each, 'SIGKILL');
        if ((left.length === 0 && !running) || performance.now() > until) break;
        await pause(10);
      }
      child.stdout.destroy();
      child.stderr.destroy();
      if (running) throw new Error(`the command (process ${pid}) is still there after SIGKILL`);
    },
  };
}

/** Once what it printed last has come as well. */
function ended(child: ChildProcess, startedAt: number): Promise<Exit> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const exit: Exit = {
        ...(code !== null && { code }),
        ...(signal && { signal }),
        ms: performance.now() - startedAt,
      };
      void Promise.race([closed, pause(OUTPUT_MS)]).then(() => resolve(exit));
    });
  });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}
