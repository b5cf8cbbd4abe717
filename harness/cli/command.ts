import type { Io } from './io.js';

export interface OptionSpec {
  /** `-q, --quiet` or `--jobs <n>` */
  flags: string;
  help: string;
  /** May be given more than once. */
  many?: boolean;
}

/** What was given on the command line, by the flag's name in camel case; only what was given. */
export type Flags = Readonly<Record<string, string | boolean | readonly string[]>>;

/** A command: the file's name is what is typed. What it needs is imported when it runs, so that help is quick. */
export interface Command {
  summary: string;
  /** As usage shows them: `[selector...]`. */
  args?: string;
  options?: readonly OptionSpec[];
  /** Printed below the options. */
  more?: string;
  /** Returns the exit code. */
  run(args: readonly string[], flags: Flags, io: Io): Promise<number>;
}
