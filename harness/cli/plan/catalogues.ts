import { type Entry, entries, load, units } from '../../catalogue.js';
import type { Check, Intermediary, Reporter, Scenario } from '../../model.js';

/** A unit of a catalogue, by its id. */
export interface Named<T> {
  id: string;
  unit: T;
}

/** How an intermediary is made. With no options it is as its product comes. */
export type Factory = (options?: Readonly<Record<string, unknown>>) => Intermediary;

const all = <T>(found: readonly Entry[]): Promise<Named<T>[]> =>
  Promise.all(found.map(async (entry) => ({ id: entry.id, unit: await load<T>(entry) })));

export const checks = (): Promise<Named<Check>[]> => all(entries('check'));
export const scenarios = (): Promise<Named<Scenario>[]> => all(entries('scenario'));
export const reporters = (): Promise<Named<Reporter>[]> => all(units('reports'));

/** Intermediaries of ours: those units of `proxies/` that need nothing to be made. */
export async function intermediaries(): Promise<Named<Intermediary>[]> {
  const found = await all<Factory>(units('proxies'));
  return found.flatMap(({ id, unit }) => {
    const made = unit.length === 0 ? [unit()] : [];
    return made.map((intermediary) => ({ id, unit: intermediary }));
  });
}
