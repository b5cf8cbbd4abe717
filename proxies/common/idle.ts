import type { Finding } from '../../harness/model.js';

/** The checks that an idle timer of a hop makes fail. */
export const IDLE_CHECKS: readonly string[] = [
  'keepalive/idle-survives',
  'keepalive/survives',
  'keepalive/margin',
];

/** A connection that was cut while it was busy was not cut for its silence. */
export const forSilence = ({ measured }: Finding): boolean => measured?.busyToo !== true;

/** What an end can do by itself, with the measured cut where there is one: half of it leaves room for jitter. */
export function pinging(finding?: Finding): string {
  const idleMs = finding?.measured?.idleMs;
  if (typeof idleMs !== 'number' || idleMs <= 0) return 'Or have an end ping at half of the idle cut.';
  return `Or have an end ping every ${Math.floor(idleMs / 2)} ms or more often: half of the ${idleMs} ms after which silence was cut.`;
}
