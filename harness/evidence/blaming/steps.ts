import { type CompareOptions, compareCrossings } from '../compare.js';
import type { Crossing } from '../crossing.js';
import { decode } from '../decode.js';
import type { Difference, DifferenceKind, HopReport } from '../difference.js';
import type { Ref, Side } from '../side.js';

/** A side; `unrecorded` where nobody stood; undefined where nothing came. */
export type Point = Side | 'unrecorded' | undefined;

export interface Blame {
  /** The hop's name, `a or b` where what lies between them was not recorded, or `origin`. */
  hop: string;
  /** ``squid dropped `Upgrade`.`` */
  why: string;
  kind?: DifferenceKind;
  /** When it did it. */
  at: number;
  refs: readonly Ref[];
}

/** One hop with its sides. */
export interface Step {
  before: Crossing;
  after?: Crossing;
  report: HopReport;
}

export interface Path {
  steps: Step[];
  /** The last side that is known, and what lies behind it. */
  last?: Crossing;
  end: string;
}

/** The hops with what they did; several are taken for one where nobody stood between them. */
export function pathOf(points: readonly Point[], hops: readonly string[], options: CompareOptions): Path {
  const [first] = points;
  const steps: Step[] = [];
  let last = first === 'unrecorded' ? undefined : first && decode(first);
  let names: string[] = [];
  for (const [index, hop] of hops.entries()) {
    names.push(hop);
    const point = points[index + 1];
    if (!last || point === 'unrecorded') continue;
    const after = point && decode(point);
    const report = compareCrossings(last, after, names.join(' or '), options);
    steps.push({ before: last, ...(after && { after }), report });
    last = after;
    names = [];
  }
  return { steps, end: [...names, 'origin'].join(' or '), ...(last && { last }) };
}

export interface Found extends Step {
  difference: Difference;
}

export const pick = (step: Step, which: (difference: Difference) => boolean): Found[] =>
  step.report.differences.filter(which).map((difference) => ({ ...step, difference }));

/** The earliest; of several at once the one nearest to where it came from. */
export function earliest(
  steps: readonly Step[],
  which: (difference: Difference) => boolean,
): Blame | undefined {
  const found = steps.flatMap((step, place) => pick(step, which).map((one) => ({ ...one, place })));
  const [first] = found.sort((a, b) => {
    if (a.difference.at !== b.difference.at) return a.difference.at - b.difference.at;
    return a.difference.way === 'up' ? a.place - b.place : b.place - a.place;
  });
  return first && blameOf(first);
}

export function blameOf({ report, difference }: Found): Blame {
  const { text, kind, refs, at, count = 1 } = difference;
  const times = count > 1 ? ` (${count} times)` : '';
  return { hop: report.hop, why: `${report.hop} ${text}${times}.`, kind, at, refs };
}
