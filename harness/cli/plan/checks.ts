import { type Entry, entries, load } from '../../catalogue.js';
import type { Check } from '../../model.js';
import { Misuse } from '../trouble.js';
import { find } from './find.js';
import type { Selected } from './scenarios.js';

/** What a check may do to a server that is not ours. */
export interface Rules {
  /** Of `--checks`; all when empty. */
  only: readonly string[];
  /** Leave out what may harm the far end, unless it is asked for by its full id. */
  gentle: boolean;
}

/** A check's id, and how to come by it. */
interface Source {
  id: string;
  get(): Promise<Check>;
}

/** The checks of each scenario, by scenario and check id. @throws {Misuse} */
export async function selectChecks(
  selected: readonly Selected[],
  { only, gentle }: Rules,
): Promise<Map<Selected, Record<string, Check>>> {
  const ours = entries('check').map(sourceOf);
  const brought = selected.flatMap(({ scenario }) =>
    scenario.checks.filter((one) => typeof one !== 'string'),
  );
  const known = [...ours, ...brought.map(({ id }) => ({ id }))];
  const wanted =
    only.length === 0
      ? undefined
      : new Set(only.flatMap((one) => find(known, one, 'no check').map(({ id }) => id)));
  const chosen = new Map<Selected, Record<string, Check>>();
  for (const each of selected) {
    const sources = sourcesOf(each, ours).filter(({ id }) => wanted?.has(id) ?? true);
    const loaded = await Promise.all(sources.map(async ({ id, get }) => [id, await get()] as const));
    const allowed = loaded.filter(
      ([id, { reach = 'safe' }]) => !gentle || reach === 'safe' || only.includes(id),
    );
    if (allowed.length > 0) chosen.set(each, Object.fromEntries(allowed));
  }
  if (chosen.size === 0) {
    const names = selected
      .map(({ id }) => id)
      .slice(0, 5)
      .join(', ');
    throw new Misuse(
      wanted
        ? `nothing to try: none of the selected scenarios (${names}) tries ${only.join(' or ')}`
        : `nothing to try: no check of ${names} is safe for a server that is not ours; name those that you want with --checks`,
    );
  }
  return chosen;
}

function sourcesOf({ scenario, name }: Selected, ours: readonly Source[]): Source[] {
  const sources = new Map<string, Source>();
  for (const given of scenario.checks) {
    if (typeof given !== 'string') sources.set(given.id, { id: given.id, get: async () => given });
    else for (const source of find(ours, given, `${name}: no check`)) sources.set(source.id, source);
  }
  for (const key of Object.keys(scenario.expect ?? {})) {
    find([...sources.values()], key, `${name}: in \`expect\`, none of its checks`);
  }
  return [...sources.values()];
}

const sourceOf = (entry: Entry): Source => ({ id: entry.id, get: () => load<Check>(entry) });
