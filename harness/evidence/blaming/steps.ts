import { type CompareOptions, compareCrossings } from '../compare.js';
import type { Crossing } from '../crossing.js';
import { decode } from '../decode.js';
import type { Difference, DifferenceKind, Harm, HopReport } from '../difference.js';
import { sentenceOf } from '../sentence.js';
import type { Ref, Side } from '../side.js';
import { leafOf } from './asked.js';

/** A side; `unrecorded` where nobody stood; undefined where nothing came. */
export type Point = Side | 'unrecorded' | undefined;

export interface Blame {
  /** The hop's name, `a or b` where what lies between them was not recorded, or `origin`. */
  hop: string;
  /** ``squid dropped `Upgrade`.`` */
  why: string;
  /**
   * All that it did of the same weight, and what came of it; absent where `why` says all.
   * ``nginx dropped `Upgrade` and `Connection`; the origin saw HTTP/1.0 and answered 426.``
   */
  sentence?: string;
  kind?: DifferenceKind;
  harm?: Harm;
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

/**
 * The hops with what they did. Several are taken for one where nobody stood between them, and once more where what
 * crossed between them could not be read.
 */
export function pathOf(points: readonly Point[], hops: readonly string[], options: CompareOptions): Path {
  const [first] = points;
  const steps: Step[] = [];
  let last = first === 'unrecorded' ? undefined : first && decode(first);
  let names: string[] = [];
  /** The last side that could be read, and the hops since. */
  let readable = last;
  let since: string[] = [];
  for (const [index, hop] of hops.entries()) {
    names.push(hop);
    since.push(hop);
    const point = points[index + 1];
    if (!last || point === 'unrecorded') continue;
    const after = point && decode(point);
    const compare = (before: Crossing, by: readonly string[]): Step => {
      const behind = hops[index + 1] ?? 'the origin';
      const report = compareCrossings(before, after, by.join(' or '), { behind, ...options });
      return { before, ...(after && { after }), report };
    };
    const step = compare(last, names);
    steps.push(step);
    if (isReadable(after)) {
      if (step.report.opaque && readable) steps.push(contentOf(compare(readable, since)));
      readable = after;
      since = [];
    }
    last = after;
    names = [];
  }
  return { steps, end: [...names, 'origin'].join(' or '), ...(last && { last }) };
}

const isReadable = (crossing: Crossing | undefined): boolean =>
  crossing !== undefined && leafOf(crossing).protocol !== 'tls';

/** Times and ends are told hop by hop, whatever could be read. */
const contentOf = ({ report, ...step }: Step): Step => ({
  ...step,
  report: { ...report, differences: report.differences.filter(({ kind }) => !OF_TIME.has(kind)) },
});

const OF_TIME = new Set<DifferenceKind>(['cut', 'delayed', 'end-changed', 'end-delayed', 'end-dropped']);

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
  const { text, kind, harm, refs, at, count = 1 } = difference;
  const times = count > 1 ? ` (${count} times)` : '';
  const why = `${report.hop} ${text}${times}.`;
  return { hop: report.hop, why, sentence: sentenceFor(report, difference), kind, harm, at, refs };
}

const isOfRequest = ({ kind, way }: Difference) =>
  way === 'up' && /^(?:header|method|target|version)-/.test(kind);

/** All of the same kind and weight; what spoilt a request is told together, and what came of it. */
function sentenceFor({ hop, differences, behind, consequence }: HopReport, blamed: Difference): string {
  const told = isOfRequest(blamed) ? consequence : undefined;
  const alike = differences.filter((one) => {
    if (one.harm !== blamed.harm || isOfRequest(one) !== isOfRequest(blamed)) return false;
    // The consequence tells the version.
    return told !== undefined ? one.kind !== 'version-changed' : isOfRequest(one) || one.kind === blamed.kind;
  });
  const sentence = sentenceOf(hop, alike.length > 0 ? alike : [blamed], [told]);
  return sentence.replaceAll('what is behind it', behind).replaceAll('from behind it', `from ${behind}`);
}
