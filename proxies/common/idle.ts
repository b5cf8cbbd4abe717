import type { Finding } from '../../harness/model.js';

/** The checks that an idle timer of a hop makes fail. */
export const IDLE_CHECKS: readonly string[] = [
  'keepalive/idle-survives',
  'keepalive/survives',
  'keepalive/margin',
];

/** A connection that was cut while it was busy was not cut for its silence. */
export const forSilence = ({ measured }: Finding): boolean => measured?.busyToo !== true;

/** What else would do. For silence: what an end can do by itself, at half of the measured cut, which leaves room for jitter. */
export function pinging(finding?: Finding): string {
  if (finding?.check.startsWith('fallback/'))
    return 'For polls alone, a little more than they are held for is enough.';
  const idleMs = finding?.measured?.idleMs;
  if (typeof idleMs !== 'number' || idleMs <= 0) return 'Or have an end ping at half of the idle cut.';
  return `Or have an end ping every ${Math.floor(idleMs / 2)} ms or more often: half of the ${idleMs} ms after which silence was cut.`;
}
