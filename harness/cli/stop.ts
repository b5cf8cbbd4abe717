import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endNoted } from '../runtimes/process/notes.js';
import { codeOf } from './exit.js';
import type { Io, Signal } from './io.js';

/** The first signal asks for an end; the second one is the end. */
export class Stop implements Disposable {
  readonly #abort = new AbortController();
  readonly #listening: Disposable;
  readonly #tell: ((signal: Signal) => void)[] = [];
  received: Signal | undefined;

  constructor(io: Io) {
    this.#listening = io.onSignal((signal) => {
      if (this.received) {
        abandon();
        io.exit(codeOf(signal));
        return;
      }
      this.received = signal;
      this.#abort.abort(new Error(`stopped by ${signal}`));
      for (const tell of this.#tell) tell(signal);
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  on(tell: (signal: Signal) => void): void {
    this.#tell.push(tell);
    if (this.received) tell(this.received);
  }

  /** Resolves at the first signal. Something else has to keep the process alive meanwhile. */
  wanted(): Promise<Signal> {
    return new Promise((resolve) => this.on(resolve));
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }
}

/** Ends our programs and removes our folders without waiting for anything. Containers are removed once we are gone. */
function abandon(): void {
  let containers = false;
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(`wsgauntlet-${process.pid}-`)) continue;
    const folder = join(tmpdir(), name);
    containers ||= tried(() => readdirSync(folder))?.includes('engine') ?? false;
    tried(() => endNoted(folder));
    tried(() => rmSync(folder, { recursive: true, force: true }));
  }
  if (containers) tried(leaveContainersToOthers);
}

function leaveContainersToOthers(): void {
  const extension = extname(fileURLToPath(import.meta.url));
  const program = fileURLToPath(new URL(`../runtimes/docker/leftovers${extension}`, import.meta.url));
  const argv = [...process.execArgv, program, String(process.pid)];
  spawn(process.execPath, argv, { detached: true, stdio: 'ignore' }).unref();
}

/** What has ended, or is being removed already, is no reason to leave the rest. */
function tried<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
