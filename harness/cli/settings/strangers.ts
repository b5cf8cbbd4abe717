import type { Task } from '../../runner.js';
import type { Flags } from '../command.js';
import { didYouMean } from '../nearest.js';
import { intermediaries } from '../plan/catalogues.js';
import { Misuse } from '../trouble.js';
import type { FileSettings } from './merge.js';
import { pairs } from './read.js';
import { flagOf } from './setting.js';
import { table } from './table.js';

/**
 * An image or a binary for a program that there is not would go unnoticed, and another one be tested than was meant.
 * The environment may well name programs of other runs. @throws {Misuse}
 */
export async function refuseStrangers(
  flags: Flags,
  file: FileSettings | undefined,
  tasks: readonly Task[],
): Promise<void> {
  for (const key of ['image', 'binary'] as const) {
    const layers = [
      { given: flags[key], where: flagOf(table[key]) },
      { given: file?.values[key], where: `${file?.name}: ${key}` },
    ];
    for (const { given, where } of layers) {
      if (given === undefined) continue;
      const known = await programs(tasks);
      const stranger = Object.keys(pairs(given, where)).find((name) => !known.includes(name));
      if (stranger !== undefined)
        throw new Misuse(
          `${where}: no program here is called "${stranger}"${didYouMean(stranger, known) || `; there are ${known.join(', ')}`}`,
        );
    }
  }
}

async function programs(tasks: readonly Task[]): Promise<string[]> {
  const ours = (await intermediaries()).map(({ unit }) => unit);
  const used = tasks.flatMap(({ scenario }) => [...scenario.via, scenario.origin]);
  return [...new Set([...ours, ...used].map(({ name }) => name))];
}
