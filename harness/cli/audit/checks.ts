import { entries, load } from '../../catalogue.js';
import type { Check, Reach } from '../../model.js';
import { find } from '../plan/find.js';
import type { AuditSettings } from '../settings/audit-table.js';
import { Misuse } from '../trouble.js';

export type Profile = Reach;

const RANK: Readonly<Record<Reach, number>> = { safe: 0, intrusive: 1, crash: 2 };

export const profileOf = ({ intrusive, crash }: AuditSettings): Profile =>
  crash ? 'crash' : intrusive ? 'intrusive' : 'safe';

/** The checks that the profile allows, as --checks and --skip say. @throws {Misuse} where there are none */
export async function auditChecks(settings: AuditSettings): Promise<Record<string, Check>> {
  const loaded = await Promise.all(
    entries('check').map(async (entry) => ({ id: entry.id, check: await load<Check>(entry) })),
  );
  const all = loaded.filter(({ check: { judges } }) => judges === 'endpoint' || judges === 'either');
  const taken = (selectors: readonly string[], flag: string) =>
    new Set(selectors.flatMap((one) => find(all, one, `${flag}: no check of endpoints`).map(({ id }) => id)));
  const only = taken(settings.checks, '--checks');
  const without = taken(settings.skip, '--skip');
  const wanted = all.filter(({ id }) => (only.size === 0 || only.has(id)) && !without.has(id));
  const most = RANK[profileOf(settings)];
  const allowed = wanted.filter(({ check: { reach = 'safe' } }) => RANK[reach] <= most);
  if (allowed.length === 0) throw new Misuse(nothing(wanted));
  return Object.fromEntries(allowed.map(({ id, check }) => [id, check]));
}

function nothing(wanted: readonly { id: string; check: Check }[]): string {
  if (wanted.length === 0) return 'nothing to try: --skip leaves out all that --checks takes';
  const flag = wanted.some(({ check }) => check.reach === 'intrusive') ? '--intrusive' : '--crash';
  const ids = wanted.slice(0, 5).map(({ id }) => id);
  return `nothing to try: ${ids.join(', ')} may harm the server; ${flag} allows that`;
}
