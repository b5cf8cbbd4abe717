import type { Crossing } from '../crossing.js';
import type { Both } from '../difference.js';
import type { Ref, Way } from '../side.js';
import { inOf, outOf, refOf } from './refs.js';

/** How a direction was first said to be over. */
export interface Signal {
  how: 'fin' | 'rst' | 'close';
  at: number;
  /** Of a Close. */
  code?: number;
  ref: Ref;
}

/** The first FIN, RST or Close frame of a direction. */
export function signalOf(crossing: Crossing | undefined, way: Way): Signal | undefined {
  if (!crossing) return undefined;
  const end = crossing.side[way].ends[0];
  const close = crossing.socket?.[way].close;
  if (close && (!end || close.doneAt <= end.at)) {
    const code = close.code === undefined ? {} : { code: close.code };
    return { how: 'close', at: close.doneAt, ...code, ref: refOf(crossing, close) };
  }
  if (!end) return undefined;
  const { length } = crossing.octets[way];
  return { ...end, ref: refOf(crossing, { way, offset: length, size: 0, at: end.at, doneAt: end.at }) };
}

/** When anything was first said to be over, on either side. */
function firstEnd({ before, after }: Both): number {
  const ends = [before, after].flatMap((crossing) =>
    (['up', 'down'] as const).map((way) => signalOf(crossing, way)?.at ?? Number.POSITIVE_INFINITY),
  );
  return Math.min(...ends);
}

/** Whether there was time enough for something that went in at `at` to come out: nothing had ended, and it was watched. */
function hadTime(both: Both, at: number): boolean {
  const watched = Math.min(both.before.side.until, both.after?.side.until ?? Number.POSITIVE_INFINITY);
  return Math.min(firstEnd(both), watched) - at >= both.slowMs;
}

/** Whether what went in at `at` and did not come out is lost for certain: the end that followed it did, or there was time. */
export function isCertain(both: Both, way: Way, at: number): boolean {
  const far = way === 'up' ? signalOf(both.after, 'down') : signalOf(both.before, 'up');
  const [ended, told] = [inOf(both, way)?.side[way].ends[0], outOf(both, way)?.side[way].ends[0]];
  const cameThrough = ended?.how === 'fin' && told?.how === 'fin' && told.at >= ended.at;
  if (cameThrough && !(far && far.at < told.at)) return true;
  // Whoever it was for was gone before that, or too soon after to have been given it.
  return !(far && far.at < at + both.slowMs) && (cameThrough || hadTime(both, at));
}
