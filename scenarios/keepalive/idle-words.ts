import type { Ending, Measured } from '../../harness/model.js';
import type { IdleCut } from './idle.js';

/** What a record keeps of the measured cut; `-1` and nothing else where none came. */
export function measuredOf({ idleMs, aliveMs, by, clientSaw, originSaw, busyToo }: IdleCut): Measured {
  if (idleMs < 0) return { idleMs, aliveMs };
  return {
    idleMs,
    aliveMs,
    idleCutBy: by,
    clientSaw,
    ...(originSaw && { originSaw }),
    ...(busyToo && { busyToo }),
  };
}

export const shown: Readonly<Record<Ending, string>> = {
  fin: 'FIN',
  rst: 'RST',
  close: 'a Close frame',
  nothing: 'nothing',
};

/** `the client saw FIN, the origin saw nothing` */
export function sides({ clientSaw, originSaw }: Pick<IdleCut, 'clientSaw' | 'originSaw'>): string {
  const origin = originSaw ? `, the origin saw ${shown[originSaw]}` : '';
  return `the client saw ${shown[clientSaw]}${origin}`;
}
