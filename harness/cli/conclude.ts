import type { Run } from '../model.js';
import { codeOf, type Outcome } from './exit.js';
import type { Io, Sink } from './io.js';
import type { Stop } from './stop.js';
import { withStack } from './trouble.js';

/** What went wrong with us, as sentences: what fails outside of any check is one, until this is disposed of. */
export class Troubles implements Disposable {
  readonly said: string[] = [];
  readonly #listening: Disposable;

  constructor(io: Io, stop: Stop) {
    this.#listening = io.onFault((fault) => {
      // What waited for something that was called off says so, to nobody.
      if (stop.signal.aborted || (fault instanceof Error && fault.name === 'AbortError')) return;
      this.said.push(`something failed outside of any check: ${withStack(fault, io.env)}`);
    });
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }
}

interface Conclusion {
  run: Run;
  /** What is said of it. */
  lines: readonly string[];
  sink: Sink;
  /** Whether the record goes to the standard output. */
  json: boolean;
  outcome: Outcome;
  troubles: Troubles;
  stop: Stop;
}

/** Says what a run came to, and gives the exit code. */
export function conclude(io: Io, { run, lines, sink, json, outcome, troubles, stop }: Conclusion): number {
  sink.write(lines.map((line) => `${line}\n`).join(''));
  if (json) io.stdout.write(`${JSON.stringify(run)}\n`);
  const whys = outcome.why !== undefined && !stop.received ? [outcome.why] : [];
  const wrong = [...troubles.said, ...whys];
  for (const trouble of wrong) io.stderr.write(`wsgauntlet: ${trouble}\n`);
  if (stop.received) return codeOf(stop.received);
  return outcome.code === 0 && wrong.length > 0 ? 3 : outcome.code;
}
