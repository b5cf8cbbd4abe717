import type { Measured } from '../../model.js';
import type { Both, Difference } from '../difference.js';
import type { Way } from '../side.js';
import type { Span } from '../stream.js';
import type { Pairing } from './exchanges.js';
import { CLASSES, type PassedBy } from './pairs.js';
import { inOf, outOf, refOf } from './refs.js';

interface Sample {
  went: Span;
  came: Span;
  ms: number;
}

/** How long heads and messages stayed in the hop: figures, and a difference where that was long. */
export function compareDelays(
  both: Both,
  pairings: readonly Pairing[],
  passed: PassedBy | undefined,
): { differences: Difference[]; measured: Measured } {
  const differences: Difference[] = [];
  const measured: Measured = {};
  for (const way of ['up', 'down'] as const) {
    const heads = headsOf(pairings, way);
    const messages = passed ? CLASSES.flatMap((kind) => passed[way][kind].pairs).map(toSample) : [];
    const typical = messages.length > 0 ? messages : heads;
    if (typical.length === 0) continue;
    const name = way === 'up' ? 'Up' : 'Down';
    const median = medianOf(typical);
    measured[`delay${name}Ms`] = round(median);
    if (heads[0]) measured[`firstOctet${name}Ms`] = round(Math.max(0, heads[0].came.at - heads[0].went.at));
    const all = [...heads, ...messages];
    if (medianOf(all) < both.slowMs && median < both.slowMs) continue;
    const worst = all.reduce((a, b) => (b.ms > a.ms ? b : a));
    const text = `delayed what went ${way === 'up' ? 'up' : 'down'} by ${Math.round(median).toLocaleString('en')} ms (median of ${typical.length})`;
    differences.push({
      kind: 'delayed',
      way,
      // One that was slow may have waited for us.
      harm: all.filter(({ ms }) => ms >= both.slowMs).length >= 2 ? 'slight' : 'none',
      at: all[0]!.went.doneAt,
      text,
      refs: [refOf(inOf(both, way)!, worst.went), refOf(outOf(both, way)!, worst.came)],
      measured: { delayMs: round(median), delayMaxMs: round(worst.ms) },
    });
  }
  return { differences, measured };
}

function headsOf(pairings: readonly Pairing[], way: Way): Sample[] {
  return pairings.flatMap(({ before, after }) => {
    const [went, came] = way === 'up' ? [before.request, after?.request] : [after?.response, before.response];
    return went && came && came.doneAt >= went.at ? [toSample([went, came])] : [];
  });
}

function toSample([went, came]: readonly [Span, Span]): Sample {
  return { went, came, ms: Math.max(0, came.doneAt - went.doneAt) };
}

function medianOf(samples: readonly Sample[]): number {
  const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

const round = (ms: number) => Math.round(ms * 1000) / 1000;
