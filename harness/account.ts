import { setTimeout as sleep } from 'node:timers/promises';
import { entriesOf } from './account/entries.js';
import { type Attempt, isAlong, originOf, type Recorded, sightsOf } from './account/points.js';
import { shareInside } from './account/through.js';
import { type Blame, follow, type HopReport } from './evidence/index.js';
import type { Evidence, HopChange, Measured } from './model.js';

export { linesOf } from './account/logs.js';
export type { Attempt, Recorded } from './account/points.js';

/** What was recorded on the way has to say of a check's connections. */
export interface Account {
  entries: Evidence[];
  changes: HopChange[];
  /** The hop that did it; what it did, and in figures, where it was one and the same thing. */
  blame?: { hop: string; did?: string; measured?: Measured };
}

/** Connections that are accounted for, latest first: the ones that a verdict rests on. */
const MOST_ATTEMPTS = 24;
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
  if (hops.length === 0) return account;
  const blamed: { blame: Blame; measured: Measured; changes: HopChange[] }[] = [];
  const last = attempts.filter((attempt) => isAlong(recorded, attempt)).slice(-MOST_ATTEMPTS);
  for (const attempt of last.reverse()) {
    const { token } = attempt;
    const sights = sightsOf(recorded, attempt);
    const points = shareInside(sights.map(({ point }) => point));
    if (points[0] === undefined || points[0] === 'unrecorded') continue;
    for (const [index, point] of points.entries()) {
      // What our ends saw is told by themselves.
      if (account.entries.length < MOST_ENTRIES && sights[index]!.tapped && point && point !== 'unrecorded')
        account.entries.push(...entriesOf(point, token));
    }
    const { reports, blame } = follow(points, hops);
    const changes = reports.flatMap(changesOf).slice(0, MOST_CHANGES);
    if (account.changes.length === 0) account.changes = changes;
    if (!blame || isPassing(blame)) continue;
    const { hop, why, sentence = why, at } = blame;
    if (blamed.length === 0)
      account.entries.unshift({ at, by: hop, kind: 'note', text: sentence, of: token });
    blamed.push({ blame, changes, measured: reports.find((report) => report.hop === hop)?.measured ?? {} });
  }
  account.entries = account.entries.slice(0, MOST_ENTRIES);
  const [first, ...others] = blamed;
  if (!first) return account;
  account.changes = first.changes;
  const { hop } = first.blame;
  // A check that tries several things may meet several faults: which of them it is about is its own to say.
  if (others.some(({ blame }) => blame.hop !== hop)) return account;
  const isOne = others.every(({ blame }) => gistOf(blame) === gistOf(first.blame));
  const { why, sentence: did = why } = first.blame;
  account.blame = { hop, ...(isOne && { did, measured: first.measured }) };
  return account;
}

/** What hops do to what is slow or ends anyhow explains no fault. */
const isPassing = ({ harm, kind }: Blame): boolean =>
  harm === 'slight' && (kind === 'delayed' || kind === 'end-changed' || kind === 'end-delayed');

/** Times and sizes differ from one connection to the next. */
const gistOf = ({ why, sentence = why }: Blame): string =>
  sentence.replace(/\d[\d,]*(?= (?:ms|octets))/g, 'N');

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
