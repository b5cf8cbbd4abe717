#!/usr/bin/env node
import type { Io } from './io.js';
import { execute } from './main.js';

function listen<T>(events: readonly string[], listener: (told: T) => void): Disposable {
  for (const event of events) process.on(event, listener);
  return {
    [Symbol.dispose]() {
      for (const event of events) process.off(event, listener);
    },
  };
}

const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  onSignal(listener) {
    const signals = listen(['SIGHUP', 'SIGINT', 'SIGTERM'], listener);
    // Whoever started us with a channel, as `run --watch` does, is gone.
    const left = listen(['disconnect'], () => listener('SIGTERM'));
    return {
      [Symbol.dispose]() {
        signals[Symbol.dispose]();
        left[Symbol.dispose]();
      },
    };
  },
  onFault: (listener) => listen(['uncaughtException', 'unhandledRejection'], listener),
  exit: (code) => process.exit(code),
};

let unwritten = false;
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  // Nobody reads on (`wsgauntlet list | head`): that is theirs to decide.
  if (fault.code === 'EPIPE') return;
  unwritten = true;
  process.exitCode = 3;
  process.stderr.write(`wsgauntlet: cannot write to the output: ${fault.message}\n`);
});
process.stderr.on('error', () => {});

const code = await execute(process.argv.slice(2), io);
const written = (stream: NodeJS.WriteStream) => new Promise((resolve) => stream.write('', resolve));
await Promise.all([process.stdout, process.stderr].map(written));
// At once: what a user's own scenario has left open is no reason to stay.
process.exit(unwritten ? 3 : code);
