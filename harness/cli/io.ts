/** Where text goes. A terminal has `columns` and `rows`. */
export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export type Signal = 'SIGHUP' | 'SIGINT' | 'SIGTERM';

/** All that the command line knows of the world around it. */
export interface Io {
  stdout: Sink;
  stderr: Sink;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** Calls back at each signal until disposed. */
  onSignal(listener: (signal: Signal) => void): Disposable;
  /** Calls back, until disposed, for what nobody caught. */
  onFault(listener: (fault: unknown) => void): Disposable;
  /** Ends the process at once. */
  exit(code: number): void;
}
