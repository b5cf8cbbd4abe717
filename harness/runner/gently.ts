import { eachOf } from '../channel.js';
import type { Check } from '../model.js';
import { USUAL } from '../probe/meter.js';
import { Slots } from './slots.js';

type Entry = readonly [id: string, check: Check];

/** Of a run that says nothing else. */
const CONNECTIONS = 48;
/** Of them, those that the baseline and the watch over the server need. */
const ASIDE = 4;

/**
 * Tries checks against a server that others may be using: those that do no harm at once, as far as the connections go that
 * they may have open together, what waits longest first; once more by themselves those that found no room among the others;
 * then those that load it or may bring it down, one at a time.
 *
 * @param attempt says whether it has a verdict; it has to have one where nothing stands beside it
 */
export async function gently(
  checks: readonly Entry[],
  { connections = CONNECTIONS, signal }: { connections?: number; signal: AbortSignal },
  attempt: (entry: Entry, beside: boolean) => Promise<boolean>,
): Promise<void> {
  const rank = { safe: 0, intrusive: 1, crash: 2 };
  const rankOf = ([, { reach = 'safe' }]: Entry) => rank[reach];
  const safe = checks.filter((entry) => rankOf(entry) === 0).sort(longestFirst);
  const again: Entry[] = [];
  const slots = new Slots(connections - ASIDE);
  await eachOf(safe, safe.length, signal, async (entry) => {
    const give = await slots.take(entry[1].budget?.atOnce ?? USUAL.atOnce);
    try {
      if (!signal.aborted && !(await attempt(entry, true))) again.push(entry);
    } finally {
      give();
    }
  });
  const rest = checks.filter((entry) => rankOf(entry) > 0).sort((a, b) => rankOf(a) - rankOf(b));
  await eachOf([...again, ...rest], 1, signal, async (entry) => void (await attempt(entry, false)));
}

const longestFirst = ([, a]: Entry, [, b]: Entry): number =>
  Number(b.patient ?? false) - Number(a.patient ?? false);
