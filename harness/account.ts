import { setTimeout as sleep } from 'node:timers/promises';
import { entriesOf } from './account/entries.js';
import { type Attempt, isAlong, originOf, type Recorded, sightsOf } from './account/points.js';
import { shareInside } from './account/through.js';
import { follow, type HopReport } from './evidence/index.js';
import type { Evidence, HopChange, Measured } from './model.js';

export { linesOf } from './account/logs.js';
export type { Attempt, Recorded } from './account/points.js';

/** What was recorded on the way has to say of a check's connections. */
export interface Account {
  entries: Evidence[];
  changes: HopChange[];
  /** The hop that did it, what it did, and in figures. */
  blame?: { hop: string; did: string; measured: Measured };
}

/** Connections that are accounted for, latest first: the ones that a verdict rests on. */
const MOST_ATTEMPTS = 6;
const MOST_ENTRIES = 300;
const MOST_CHANGES = 100;
/** How long nothing may have come for what is under way to have got through, and how often that is waited for. */
const QUIET_MS = 40;
const MOST_WAITS = 6;

/** Waits until what is under way on these connections has got through; not for long. */
export async function settled(recorded: Recorded, attempts: readonly Attempt[]): Promise<void> {
  const last = attempts.slice(-MOST_ATTEMPTS);
  if (recorded.hops.length === 0 || last.length === 0) return;
  const seen = () =>
    last
      .flatMap(({ token, transcript }) => [transcript, originOf(recorded, token)])
      .reduce((sum, transcript) => sum + (transcript?.count ?? 0), 0);
  for (let waits = 0, before = -1; waits < MOST_WAITS && seen() !== before; waits++) {
    before = seen();
    await sleep(QUIET_MS);
  }
}

/** Follows each connection along its path, client's side first. */
export function accountOf(recorded: Recorded, attempts: readonly Attempt[]): Account {
  const account: Account = { entries: [], changes: [] };
  const hops = recorded.hops.map(({ name }) => name);
  const last = attempts.filter((attempt) => isAlong(recorded, attempt)).slice(-MOST_ATTEMPTS);
  if (hops.length === 0) return account;
  for (const attempt of last.reverse()) {
    const { token } = attempt;
    const sights = sightsOf(recorded, attempt);
    const points = shareInside(sights.map(({ point }) => point));
    if (points[0] === undefined || points[0] === 'unrecorded') continue;
    for (const [index, point] of points.entries()) {
      // What our ends saw is told by themselves.
      if (sights[index]!.tapped && point && point !== 'unrecorded')
        account.entries.push(...entriesOf(point, token));
    }
    if (account.blame) continue;
    const { reports, blame } = follow(points, hops);
    if (blame) {
      const { hop, why, sentence: did = why, at } = blame;
      const measured = reports.find((report) => report.hop === hop)?.measured ?? {};
      account.blame = { hop, did, measured };
      account.entries.push({ at, by: hop, kind: 'note', text: did, of: token });
    }
    if (blame || account.changes.length === 0)
      account.changes = reports.flatMap(changesOf).slice(0, MOST_CHANGES);
  }
  account.entries = account.entries.slice(0, MOST_ENTRIES);
  return account;
}

function changesOf({ hop, differences }: HopReport): HopChange[] {
  return differences.map(({ kind, text, name, in: went, out: came }) => ({
    hop,
    kind,
    text,
    ...(name !== undefined && { name }),
    ...(went !== undefined && { before: went }),
    ...(came !== undefined && { after: came }),
  }));
}
