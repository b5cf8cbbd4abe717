#!/usr/bin/env node
import type { Io, Signal } from './io.js';
import { execute } from './main.js';

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM'];
/** For what a user's own scenario may have left open. */
const GRACE_MS = 3000;

const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  onSignal(listener) {
    for (const signal of SIGNALS) process.on(signal, listener);
    return {
      [Symbol.dispose]() {
        for (const signal of SIGNALS) process.off(signal, listener);
      },
    };
  },
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
process.exitCode = unwritten ? 3 : code;
setTimeout(() => process.exit(), GRACE_MS).unref();
