import type { Ending, Measured } from '../../harness/model.js';
import type { IdleCut } from './idle.js';

/** What a record keeps of the measured cut; `-1` and nothing else where none came. */
export function measuredOf(cut: IdleCut): Measured {
  const { idleMs, mostMs, aliveMs, outlivedMs, by, clientSaw, originSaw, busyToo } = cut;
  if (idleMs < 0) return { idleMs, aliveMs };
  return {
    idleMs,
    ...(spread(cut) && { idleMostMs: mostMs }),
    aliveMs,
    ...(outlivedMs !== undefined && { outlivedMs }),
    idleCutBy: by,
    clientSaw,
    ...(originSaw && { originSaw }),
    ...(busyToo && { busyToo }),
  };
}

/** Whether some connections were cut notably later than others. */
const spread = ({ idleMs, mostMs }: IdleCut) => mostMs > idleMs * 1.2;

/** `2003 ms of silence`, `1010 to 1994 ms of silence` or `the age of 2003 ms, silent or not`. */
export function limit(cut: IdleCut): string {
  const { idleMs, mostMs, outlivedMs, busyToo } = cut;
  if (outlivedMs !== undefined) {
    return `${idleMs} ms, and not all of them: others lived through ${outlivedMs} ms of silence`;
  }
  if (busyToo) return `the age of ${idleMs} ms, silent or not`;
  return `${spread(cut) ? `${idleMs} to ${mostMs}` : idleMs} ms of silence`;
}

const shown: Readonly<Record<Ending, string>> = {
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
