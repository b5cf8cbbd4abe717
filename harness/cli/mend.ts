import type { Finding, Run } from '../model.js';
import { prove, trialsOf } from '../prove.js';
import { type Help, helpFor } from '../remedies.js';
import type { RunnerOptions, Task } from '../runner.js';
import { sentenceOf } from './trouble.js';

/** Finds what helps against findings, and tries it. What goes wrong with that is told, and is no part of the outcome. */
export class Mender {
  readonly #tasks: ReadonlyMap<string, Task>;
  readonly #note: (text: string) => void;
  readonly #helps = new Map<string, Help>();
  readonly #proofs = new Map<string, NonNullable<Finding['proved']>>();

  constructor(tasks: readonly Task[], note: (text: string) => void) {
    this.#tasks = new Map(tasks.map((task) => [task.id, task]));
    this.#note = note;
  }

  async find(findings: readonly Finding[]): Promise<void> {
    const told = new Set<string>();
    for (const finding of findings) {
      try {
        const help = await helpFor(finding, this.#tasks.get(finding.scenario)!.scenario);
        if (help) this.#helps.set(finding.id, help);
      } catch (fault) {
        told.add(sentenceOf(fault));
      }
    }
    for (const sentence of told) this.#note(sentence);
  }

  /** Tries every remedy that was found and can be applied; what has been seen stays when it is called off. */
  async prove(findings: readonly Finding[], options: RunnerOptions): Promise<void> {
    const tasks = [...this.#tasks.values()];
    const cases = findings.flatMap((finding) => {
      const help = this.#helps.get(finding.id);
      return help ? [{ finding, help }] : [];
    });
    const trials = trialsOf(tasks, cases, findings);
    if (trials.length === 0) return this.#note('there is no remedy that could be tried');
    this.#note(`trying ${trials.length === 1 ? 'a remedy' : `${trials.length} remedies`}`);
    try {
      for await (const event of prove(trials, options)) {
        if (event.type === 'proved') this.#proofs.set(event.id, event.proved);
        else this.#note(`${event.scenario}: ${event.message}`);
      }
    } catch (fault) {
      if (!options.signal.aborted) this.#note(`the remedies could not be tried: ${sentenceOf(fault)}`);
    }
  }

  /** The run with what helps, and whether it held. */
  amended(run: Run): Run {
    return {
      ...run,
      findings: run.findings.map((finding) => {
        const help = this.#helps.get(finding.id);
        const proved = this.#proofs.get(finding.id);
        return { ...finding, ...(help && { remedy: help.remedy }), ...(proved && { proved }) };
      }),
    };
  }
}
