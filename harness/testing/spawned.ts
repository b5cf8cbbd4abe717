import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import type { Run } from '../model.js';
import { parse } from '../run-file.js';
import { tempFolder } from './traces.js';

const bin = fileURLToPath(new URL('../cli/bin.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

export interface Spawned {
  child: ChildProcess;
  /** What it has printed so far. */
  out(): string;
  err(): string;
  /** Its working folder, and the temp folder that it and all that it starts are told of. */
  cwd: string;
  tmp: string;
  ended: Promise<{ code: number | null; signal: string | null }>;
  /** Resolves once it has printed that; rejects when it ends before. */
  prints(text: string | RegExp): Promise<void>;
  /** The record that it wrote. */
  run(): Run;
}

export interface SpawnOptions {
  env?: Readonly<Record<string, string>>;
  /** For Node itself. */
  node?: readonly string[];
  /** Texts to put into its working folder, by name. */
  files?: Readonly<Record<string, string>>;
}

/** The command line as a process of its own, with no container engine at hand unless `env` names one. */
export function spawned(t: Test, argv: readonly string[], options: SpawnOptions = {}): Spawned {
  const cwd = tempFolder(t);
  const tmp = join(cwd, 'tmp');
  mkdirSync(tmp, { mode: 0o755 });
  for (const [name, text] of Object.entries(options.files ?? {})) writeFileSync(join(cwd, name), text);
  const child = spawn(process.execPath, [...(options.node ?? []), '--import', tsx, bin, ...argv], {
    cwd,
    env: { ...process.env, TMPDIR: tmp, CI: '1', DOCKER_HOST: `unix://${tmp}/none.sock`, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const looking = new Set<() => void>();
  child.stdout.on('data', (chunk) => {
    out += chunk;
    for (const look of looking) look();
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  t.teardown(() => {
    child.kill('SIGKILL');
    return ended;
  });
  return {
    child,
    out: () => out,
    err: () => err,
    cwd,
    tmp,
    ended,
    prints: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!(typeof text === 'string' ? out.includes(text) : text.test(out))) return;
          looking.delete(look);
          resolve();
        };
        looking.add(look);
        look();
        void ended.then(({ code }) =>
          reject(new Error(`it ended with ${code} before it printed ${text}:\n${out}${err}`)),
        );
      }),
    run: () => {
      const file = join(cwd, 'gauntlet-report/run.json');
      return parse(readFileSync(file, 'utf8'), 'run.json');
    },
  };
}
