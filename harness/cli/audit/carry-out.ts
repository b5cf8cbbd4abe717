import type { Collector } from '../../collect.js';
import { type RunnerOptions, run as start, type Task } from '../../runner.js';
import type { Progress } from '../output/progress.js';
import { sentenceOf } from '../trouble.js';

interface Work {
  collector: Collector;
  progress: Progress;
  /** Takes what of our own goes wrong, as sentences. */
  said: string[];
}

/** Has the tasks of an audit run, and what becomes known collected and shown. */
export async function carryOut(
  tasks: readonly Task[],
  options: RunnerOptions,
  { collector, progress, said }: Work,
): Promise<void> {
  try {
    for await (const event of start(tasks, options)) {
      collector.take(event);
      if (event.type === 'finding') progress.finding(event.finding);
      else if (event.type === 'trouble') said.push(`${event.scenario}: ${event.message}`);
    }
  } catch (fault) {
    if (!options.signal.aborted) said.push(sentenceOf(fault));
  } finally {
    progress.close();
  }
}
