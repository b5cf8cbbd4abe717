import type { Exit } from '../model.js';

const OF_A_CRASH = ['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS'];
const OUT_OF_MEMORY =
  /heap out of memory|out of memory|OutOfMemoryError|MemoryError|bad_alloc|Array buffer allocation failed/i;
/** How the usual languages tell that nobody caught what went wrong. */
const UNCAUGHT =
  /^Node\.js v\d|Unhandled '?error'? event|UnhandledPromiseRejection|Traceback \(most recent call last\)|^(?:fatal error|panic): |thread '.*' panicked|terminate called after throwing|Exception in thread|Unhandled exception|AddressSanitizer|Segmentation fault|FATAL ERROR/im;

/** What tells that a program was brought down; undefined where it ended by itself. */
export function crashOf({ code, signal }: Exit, lines: string): string | undefined {
  if (OUT_OF_MEMORY.test(lines)) return `ran out of memory: ${telling(lines, OUT_OF_MEMORY)}`;
  if (signal !== undefined && OF_A_CRASH.includes(signal)) return `was ended by ${signal}`;
  if (signal === 'SIGKILL') return 'was killed by the system (SIGKILL)';
  // A shell's word for a signal.
  if (code !== undefined && code > 128 && code <= 139 && ![129, 130, 137].includes(code))
    return `ended with exit code ${code}, as after signal ${code - 128}`;
  if (code !== 0 && UNCAUGHT.test(lines)) return `ended over what nobody caught: ${named(lines)}`;
  return undefined;
}

export const isUncaught = (crash: string): boolean => crash.startsWith('ended over what nobody caught');

const telling = (lines: string, what: RegExp): string =>
  lines
    .split('\n')
    .find((line) => what.test(line))
    ?.trim()
    .slice(0, 200) ?? '';

/** The line that names the error: with a trace of the stack, the one before it. */
function named(lines: string): string {
  const all = lines.trim().split('\n');
  const trace = all.findIndex((line) => /^\s+at /.test(line));
  const before = trace > 0 ? all[trace - 1] : undefined;
  const said =
    before ?? (telling(lines, /^\s*\w*(?:Error|Exception|panic|fatal error)\b.*/im) || all.at(-1)!);
  return said.trim().slice(0, 200);
}
