import type { Body, Crossing } from '../crossing.js';
import type { Both, Difference } from '../difference.js';
import type { Way } from '../side.js';
import { inOf, outOf, refOf } from './refs.js';
import { signalOf } from './signals.js';

/** Octets that leave together were let go together. */
const BURST_MS = 5;
/** Octets that came over so long and leave together were held back for one another. */
const HELD_MS = 50;
const MOST_PARTS = 4096;

interface Stretch {
  content: number;
  length: number;
  at: number;
}

/** What became of the content of a request or an answer; either body may be missing. */
export function compareBodies(
  both: Both,
  way: Way,
  went: Body | undefined,
  came: Body | undefined,
  recoded = false,
): Difference[] {
  const [source, dest] = [inOf(both, way), outOf(both, way)];
  if (!went || !source || !dest || went.length === 0) return [];
  const refs = [refOf(source, went), ...(came ? [refOf(dest, came)] : [])];
  const what = way === 'up' ? "the request's body" : "the answer's body";
  const common = { way, at: went.at, refs };

  const [a, b] = [bytesOf(source, went), came ? bytesOf(dest, came) : Buffer.alloc(0)];
  const shared = Math.min(a.length, b.length);
  if (!a.subarray(0, shared).equals(b.subarray(0, shared))) {
    const harm = recoded ? 'none' : 'grave';
    return [{ ...common, kind: 'body-changed', harm, text: `${recoded ? 'recoded' : 'changed'} ${what}` }];
  }
  const differences: Difference[] = [];
  const held = heldOf(stretchesOf(source, went), came ? stretchesOf(dest, came) : []);
  const waiting = stillHeld(both, way, went, came?.length ?? 0);
  const worst = waiting && (!held || waiting.ms > held.ms) ? waiting : held;
  if (worst) {
    const ms = Math.round(worst.ms);
    const text = `held ${what} back for ${ms.toLocaleString('en')} ms (${worst.octets.toLocaleString('en')} octets)`;
    const measured = { bufferedMs: ms, bufferedOctets: worst.octets };
    // Whoever does not even let the head out leaves the other side without an answer.
    const harm = worst.ms < both.slowMs ? 'none' : came ? 'slight' : 'grave';
    differences.push({ ...common, kind: 'body-buffered', harm, text, measured });
  }
  const lost = went.length - (came?.length ?? 0);
  if (went.whole && lost > 0 && !waiting && endedFirst(both, way)) {
    const text = `cut ${what} short by ${lost.toLocaleString('en')} octets`;
    differences.push({ ...common, kind: 'body-cut', harm: 'grave', text, measured: { lostOctets: lost } });
  }
  return differences;
}

/** Whether the hop itself stopped, rather than whoever it was for. */
function endedFirst(both: Both, way: Way): boolean {
  const own = signalOf(outOf(both, way), way);
  const far = way === 'up' ? signalOf(both.after, 'down') : signalOf(both.before, 'up');
  return own !== undefined && !(far && far.at < own.at);
}

function bytesOf({ octets }: Crossing, { way, parts }: Body): Buffer {
  const pieces: Uint8Array[] = [];
  for (const { offset, length } of parts) {
    const kept = octets[way].from(offset).subarray(0, length);
    pieces.push(kept);
    if (kept.length < length) break;
  }
  return Buffer.concat(pieces);
}

function stretchesOf({ octets }: Crossing, { way, parts }: Body): Stretch[] {
  return parts.slice(0, MOST_PARTS).flatMap(({ content, offset, length }) =>
    octets[way].stretches(offset, length).map((stretch) => ({
      content: content + stretch.offset - offset,
      length: stretch.length,
      at: stretch.at,
    })),
  );
}

/** The burst that was held back longest, if what left in it had come over some time. */
function heldOf(went: Stretch[], came: Stretch[]): { ms: number; octets: number } | undefined {
  const timeOf = (content: number) =>
    went.find((stretch) => content < stretch.content + stretch.length)?.at ?? Number.POSITIVE_INFINITY;
  let worst: { ms: number; octets: number } | undefined;
  for (let index = 0; index < came.length; ) {
    const first = came[index]!;
    let last = first;
    while (++index < came.length && came[index]!.at - last.at <= BURST_MS) last = came[index]!;
    const since = timeOf(first.content);
    const ms = first.at - since;
    const octets = last.content + last.length - first.content;
    if (timeOf(first.content + octets - 1) - since < HELD_MS || ms < HELD_MS) continue;
    if (!worst || ms > worst.ms) worst = { ms, octets };
  }
  return worst;
}

/** What went in and never came out, though there was time. */
function stillHeld(
  both: Both,
  way: Way,
  went: Body,
  out: number,
): { ms: number; octets: number } | undefined {
  const source = inOf(both, way)!;
  const first = went.parts.find(({ content, length }) => content + length > out);
  if (!first) return undefined;
  const since = source.octets[way].timeOf(first.offset + Math.max(0, out - first.content));
  const ended = signalOf(outOf(both, way), way)?.at ?? Number.POSITIVE_INFINITY;
  const gone = signalOf(both.before, 'up')?.at ?? Number.POSITIVE_INFINITY;
  const ms = Math.min(ended, gone, both.before.side.until, both.after?.side.until ?? 0) - since;
  return ms >= both.slowMs ? { ms, octets: went.length - out } : undefined;
}
