import { type Entry, entries, load } from '../../catalogue.js';
import type { Check } from '../../model.js';
import { Misuse } from '../trouble.js';
import { find } from './find.js';
import type { Selected } from './scenarios.js';

/** Which of the scenarios' checks are tried. One that is named in full is, whatever it does. */
export interface Rules {
  /** Of `--checks`; all when empty. */
  only: readonly string[];
  /** The far end is not ours: leave out what may harm it. */
  gentle: boolean;
  /** The place was made for its path: leave out what judges a client, and an endpoint alone where it is not asked for. */
  path: boolean;
}

export interface Chosen {
  /** By scenario and check id. */
  checks: Map<Selected, Record<string, Check>>;
  /** Ids of those that were left out because they may harm. */
  harmful: readonly string[];
}

/** A check's id, and how to come by it. */
interface Source {
  id: string;
  get(): Promise<Check>;
}

/** The checks that are tried at each scenario. @throws {Misuse} where there are none at all */
export async function selectChecks(
  selected: readonly Selected[],
  { only, gentle, path }: Rules,
): Promise<Chosen> {
  const ours = entries('check').map(sourceOf);
  const brought = selected.flatMap(({ scenario }) =>
    scenario.checks.filter((one) => typeof one !== 'string'),
  );
  const known = [...ours, ...brought.map(({ id }) => ({ id }))];
  const wanted = new Set(only.flatMap((one) => find(known, one, 'no check').map(({ id }) => id)));
  const checks: Chosen['checks'] = new Map();
  const harmful = new Set<string>();
  for (const each of selected) {
    const sources = sourcesOf(each, ours).filter(({ id }) => only.length === 0 || wanted.has(id));
    const loaded = await Promise.all(sources.map(async ({ id, get }) => [id, await get()] as const));
    const { via, client, checks: named } = each.scenario;
    // Wherever it stands, a client behaves the same: it is judged once, where nothing stands before it.
    const elsewhere = path || (via.length > 0 && !client);
    const allowed = loaded.filter(([id, { reach = 'safe', judges }]) => {
      if (only.includes(id) || (!gentle && !path && named.includes(id))) return true;
      if (path && judges === 'endpoint' && only.length === 0) return false;
      if (gentle && reach !== 'safe') harmful.add(id);
      return !harmful.has(id) && !(elsewhere && judges === 'client');
    });
    if (allowed.length > 0) checks.set(each, Object.fromEntries(allowed));
  }
  if (checks.size === 0) throw new Misuse(nothing(selected, only, [...harmful]));
  return { checks, harmful: [...harmful] };
}

function nothing(selected: readonly Selected[], only: readonly string[], harmful: readonly string[]): string {
  if (harmful.length > 0) {
    return `nothing to try: ${harmful.join(', ')} may harm a server that is not ours; to try one all the same, name it in full with --checks`;
  }
  const names = selected
    .map(({ id }) => id)
    .slice(0, 5)
    .join(', ');
  return `nothing to try: none of the selected scenarios (${names}) tries ${only.join(' or ')}`;
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
