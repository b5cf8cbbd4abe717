import type { Io, Signal } from '../io.js';
import { execute } from '../main.js';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export interface World {
  cwd: string;
  env?: Io['env'];
  /** Columns of the terminal that stdout is; no terminal when absent. */
  columns?: number;
}

/** An Io that keeps what is written to it, and whose signals come when they are told to. */
export function fakeIo({ cwd, env = {}, columns }: World) {
  const listeners = new Set<(signal: Signal) => void>();
  const said = { stdout: '', stderr: '' };
  const exits: number[] = [];
  const sink = (name: keyof typeof said) => ({
    write: (text: string) => {
      said[name] += text;
    },
  });
  const io: Io = {
    stdout: { ...sink('stdout'), ...(columns !== undefined && { isTTY: true, columns, rows: 24 }) },
    stderr: sink('stderr'),
    env,
    cwd,
    onSignal(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    onFault: () => ({ [Symbol.dispose]() {} }),
    exit: (code) => void exits.push(code),
  };
  const signal = (name: Signal) => {
    for (const listener of [...listeners]) listener(name);
  };
  return { io, said, exits, listeners, signal };
}

/** Runs a command line in this process. */
export async function ran(argv: readonly string[], world: World): Promise<Ran> {
  const { io, said } = fakeIo(world);
  const code = await execute(argv, io);
  return { code, ...said };
}

/** The text of a scenario file with no hop, and with checks of its own by their verdicts. */
export function scenarioText(verdicts: Readonly<Record<string, string>>, more = ''): string {
  const checks = Object.entries(verdicts).map(
    ([
      id,
      verdict,
    ]) => `{ id: 'own/${id}', title: 'the check ${id}', requirement: 'It MUST.', severity: 'medium',
      refs: [], async run(probe) { ${verdict} } }`,
  );
  return `import { echo, pass, fail, skip, info, warn } from 'wsgauntlet';
export default { title: 'of a test', origin: echo(), via: [], checks: [${checks.join(',\n')}], ${more} };\n`;
}
