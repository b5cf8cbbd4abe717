import { entries, load } from '../../catalogue.js';
import type { Check } from '../../model.js';
import { find } from '../plan/find.js';
import { Misuse } from '../trouble.js';

/** The checks of clients that can be tried with a command, by id; those that wait longest first. @throws {Misuse} */
export async function clientChecks({
  checks: only,
  skip,
}: {
  checks: readonly string[];
  skip: readonly string[];
}): Promise<Record<string, Check>> {
  const all = (
    await Promise.all(
      entries('check').map(async (entry) => ({ id: entry.id, check: await load<Check>(entry) })),
    )
  ).filter(({ check }) => check.judges === 'client' && check.lures);
  const named = (selectors: readonly string[], flag: string) =>
    new Set(selectors.flatMap((one) => find(all, one, `${flag}: no check of clients`)).map(({ id }) => id));
  const wanted = named(only, '--checks');
  const left = named(skip, '--skip');
  const chosen = all.filter(({ id }) => (wanted.size === 0 || wanted.has(id)) && !left.has(id));
  if (chosen.length === 0) throw new Misuse('--skip leaves no check to try');
  chosen.sort((a, b) => Number(b.check.patient ?? false) - Number(a.check.patient ?? false));
  return Object.fromEntries(chosen.map(({ id, check }) => [id, check]));
}
