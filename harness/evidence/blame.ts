import { wasRefused } from './blaming/asked.js';
import { blameForOpening } from './blaming/opening.js';
import { originDropped, originRefused } from './blaming/origin.js';
import { type Blame, earliest, type Path, type Point, pathOf } from './blaming/steps.js';
import { type CompareOptions, SLOW_MS } from './compare.js';
import type { DifferenceKind, Harm, HopReport } from './difference.js';

export type { Blame, Point } from './blaming/steps.js';

export interface BlameOptions extends CompareOptions {
  /** Only these are asked after, whether they did harm or not: which hop did it first? */
  about?: readonly DifferenceKind[];
}

/**
 * Whose doing it is that a connection did not do what it was to: the first hop, from where the fault arose, that let
 * something else out than went in and so explains it; `origin` where all hops passed on what it did. Undefined where
 * nothing is wrong, or it was the client's own doing, or the client's own side is not known.
 * @param points the sides in path order, client's first: one more than there are hops
 * @throws RangeError when the numbers do not fit
 */
export function blame(
  points: readonly Point[],
  hops: readonly string[],
  options: BlameOptions = {},
): Blame | undefined {
  return follow(points, hops, options).blame;
}

/** The same, with what each hop did; several are taken for one where nobody stood between them. */
export function follow(
  points: readonly Point[],
  hops: readonly string[],
  options: BlameOptions = {},
): { reports: readonly HopReport[]; blame?: Blame } {
  if (points.length !== hops.length + 1) {
    throw new RangeError(`${hops.length} hops have ${hops.length + 1} sides, not ${points.length}.`);
  }
  const path = pathOf(points, hops, options);
  const blame = blameOn(path, options);
  return { reports: path.steps.map(({ report }) => report), ...(blame && { blame }) };
}

function blameOn(path: Path, { about, slowMs = SLOW_MS }: BlameOptions): Blame | undefined {
  if (about) return earliest(path.steps, ({ kind }) => about.includes(kind));
  const start = path.steps[0]?.before ?? path.last;
  return wasRefused(start) ? blameForOpening(path, slowMs) : blameForRest(path, slowMs);
}

/** What was asked for was given: what broke later. Lasting harm first, then what can do harm. */
function blameForRest(path: Path, slowMs: number): Blame | undefined {
  const first = (wanted: Harm) => earliest(path.steps, ({ harm }) => harm === wanted);
  const grave = first('grave');
  const dropped = originDropped(path);
  if (dropped && !(grave && grave.at <= dropped.at)) return dropped;
  return (grave && silencer(path, grave)) ?? grave ?? unreachable(path, slowMs) ?? first('slight');
}

/** Where one hop cuts what has fallen silent, another that swallowed pings or pongs before brought that about. */
function silencer({ steps }: Path, { kind, hop, at }: Blame): Blame | undefined {
  if (kind !== 'cut') return undefined;
  const swallowed = earliest(
    steps.filter(({ report }) => report.hop !== hop),
    (difference) =>
      difference.harm === 'slight' &&
      (difference.kind === 'message-dropped' || difference.kind === 'ping-answered'),
  );
  return swallowed && swallowed.at < at ? swallowed : undefined;
}

/** A connection on which nothing was asked may have ended because the origin was not there. */
const unreachable = (path: Path, slowMs: number) =>
  path.last?.protocol === 'nothing' ? originRefused(path, slowMs) : undefined;
