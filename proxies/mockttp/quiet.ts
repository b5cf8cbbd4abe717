const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
/** Where it is installed, by its own files or by those that its source maps name. */
const LIBRARY = /[\\/]node_modules[\\/]mockttp[\\/]/;
let quiet = false;

/**
 * Drops from now on what mockttp itself writes to the console: a line or a stack for every upset connection, some
 * of it to stdout, which is not its own. It has no option for it.
 */
export function hush(): void {
  if (quiet) return;
  quiet = true;
  for (const method of METHODS) {
    const write = console[method];
    console[method] = (...args: unknown[]) => {
      // Of the stack, line 0 is the message, 1 is here, 2 who called.
      if (!LIBRARY.test(new Error().stack?.split('\n')[2] ?? '')) write.apply(console, args);
    };
  }
}
