import type { Verdict } from '../../harness/model.js';
import { fail, pass, warn } from '../../harness/verdict.js';

/** How long a server may take to let go of a connection, in ms: without remark, and without its being a fault. */
export interface Bounds {
  well: number;
  fault: number;
}

/**
 * Judges when a connection was let go of.
 * @param ms after how long; undefined where it was still held when `watchedMs` were over
 */
export function judgeLettingGo(ms: number | undefined, watchedMs: number, { well, fault }: Bounds): Verdict {
  const expected = `the server lets go of the connection within ${well / 1000} s`;
  const held = Math.round(ms ?? watchedMs);
  const measured = { letGoMs: ms === undefined ? -1 : held };
  const actual =
    ms === undefined ? `it was still held after ${held} ms` : `it was let go of after ${held} ms`;
  if (held >= fault) return fail(expected, actual, { measured });
  if (ms === undefined || ms > well) {
    const more = ms === undefined ? ', as long as was waited' : '';
    return warn(`${actual}${more}`, { expected, actual, measured, severity: 'low' });
  }
  return pass(actual, { measured });
}
