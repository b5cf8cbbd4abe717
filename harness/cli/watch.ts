import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Flags } from './command.js';
import { codeOf } from './exit.js';
import type { Io, Signal } from './io.js';
import { orList } from './nearest.js';
import { SCRIPT } from './plan/scenarios.js';
import { Misuse } from './trouble.js';
import { Changes } from './watch/changes.js';
import { type Touch, touchedBy } from './watch/touched.js';

const MOST_NAMED = 4;

/**
 * The command `run --watch`: runs, and whenever files change that the run has read runs again what they touch, each time
 * in a process of its own, so that every module is fresh. Ends at a signal, with the exit code of the last run.
 */
export async function watchCommand(args: readonly string[], flags: Flags, io: Io): Promise<number> {
  const absent = args.find((one) => SCRIPT.test(one) && !existsSync(one) && !existsSync(`${io.cwd}/${one}`));
  if (absent !== undefined) throw new Misuse(`there is no file ${absent}`);
  using changes = new Changes();
  const { watch: _, ...given } = flags;
  const sink = flags.json ? io.stderr : io.stdout;
  let stopped: Signal | undefined;
  let child: ChildProcess | undefined;
  using _signals = io.onSignal((signal) => {
    stopped = signal;
    child?.kill(signal);
    changes.wake();
  });
  let touched = await touchedBy(args, flags, io);
  if (![...touched.keys()].some((file) => existsSync(file)))
    throw new Misuse(
      '--watch: there is no file to watch; name a scenario file, or a config file behind --via',
    );
  let code: number | undefined;
  for (let selectors = args; ; ) {
    changes.watch(touched.keys());
    if (!stopped) {
      child = started(['run', ...argvOf(given), '--', ...selectors], io);
      code = await ended(child);
      child = undefined;
    }
    if (stopped) return code ?? codeOf(stopped);
    const there = [...touched.keys()].filter((file) => existsSync(file));
    sink.write(`\nWatching ${named(there, io.cwd)} until Ctrl-C\n`);
    const changed = await changes.next();
    if (stopped) return code ?? codeOf(stopped);
    selectors = selectorsOf(
      changed.map((file) => touched.get(file)),
      args,
    );
    sink.write(`\n${named(changed, io.cwd)} changed\n`);
    touched = await touchedBy(args, flags, io);
  }
}

/** What to run again: the selectors that are touched, in their order; all that was asked for where that is everything. */
function selectorsOf(touches: readonly (Touch | undefined)[], args: readonly string[]): readonly string[] {
  const wanted = new Set<string>();
  for (const touch of touches) {
    if (touch === 'everything') return args;
    for (const selector of touch ?? []) wanted.add(selector);
  }
  return wanted.size > 0 ? [...wanted] : args;
}

/** In a session of its own: Ctrl-C reaches it through us alone, once, and it ends when we are gone. */
function started(argv: readonly string[], { cwd, env }: Io): ChildProcess {
  const bin = fileURLToPath(new URL(`./bin${extname(fileURLToPath(import.meta.url))}`, import.meta.url));
  return spawn(process.execPath, [...process.execArgv, bin, ...argv], {
    cwd,
    env: { ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  });
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const known = signal === 'SIGHUP' || signal === 'SIGINT' || signal === 'SIGTERM';
      resolve(code ?? (known ? codeOf(signal) : 3));
    });
  });
}

/** The flags as they were given. */
function argvOf(flags: Flags): string[] {
  return Object.entries(flags).flatMap(([key, value]) => {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
    return [value].flat().map((one) => `--${name}=${one}`);
  });
}

/** `a.ts, b.ts and 3 more files` */
function named(files: readonly string[], cwd: string): string {
  const names = files.slice(0, MOST_NAMED).map((file) => {
    const near = relative(cwd, file);
    return near.startsWith('..') ? file : near;
  });
  const more = files.length - names.length;
  if (more > 0) return `${names.join(', ')} and ${more} more files`;
  return orList(names).replace(/ or ([^,]*)$/, ' and $1');
}
