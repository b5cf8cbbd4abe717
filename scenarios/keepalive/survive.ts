import type { DialOptions, End, Peer, Probe, Verdict } from '../../harness/model.js';
import { fail, info, pass, skip } from '../../harness/verdict.js';
import { type IdleCut, idleCut } from './idle.js';
import { limit } from './idle-words.js';

/** How long a connection has to live for its keepalive to have kept it. Timers that tick once a second are late by that. */
const longer = ({ mostMs }: IdleCut) => Math.max(1.7 * mostMs, mostMs + 1200);
/** How many times within the cut something is to be sent, so that it is not a race. */
const OFTEN = 3;

/** One way to keep a connection from being silent. */
export interface KeepAlive {
  /** The word under `survives`. */
  mode: string;
  /** What is sent, and which way: `a ping of the client's`. */
  what: string;
  /** What to ask of the origin, where it is the one to speak; only an origin of ours does. */
  path?(everyMs: number): string;
  /** What the client sends, where it is the one to speak. */
  act?(peer: Peer): void;
  dial?: DialOptions;
  /** Its period, where that is not for us to choose. */
  everyMs?: number;
}

interface Kept {
  everyMs: number;
  ageMs: number;
  /** What came over the connection while it was kept. */
  heard: number;
  echoed: boolean;
  end?: End;
}

/** Keeps a connection busy that way alone, for longer than silence is borne here, and says whether it lives. */
export async function survives(probe: Probe, way: KeepAlive): Promise<Verdict> {
  if (way.path && !probe.ours)
    return skip('it takes an origin that speaks when asked to, and this is not ours');
  const guessMs = way.everyMs ?? probe.patience.idleMs / 30;
  // It is begun before the cut is known, so that the two waits overlap.
  const first = keep(probe, way, guessMs);
  first.catch(() => {});
  const cut = await idleCut(probe);
  if (cut.idleMs < 0) return info(`not cut within ${cut.watchedMs} ms of silence: nothing to survive`);
  if (cut.outlivedMs !== undefined) {
    return skip('some connections are cut here and others are not, so that nothing tells what keeps them');
  }
  const tooSlow = guessMs * OFTEN > cut.idleMs;
  if (!tooSlow) return judge(way, cut, await first);
  if (way.everyMs === undefined) return judge(way, cut, await keep(probe, way, cut.idleMs / (OFTEN + 1)));
  return guessMs * 1.1 < cut.idleMs
    ? judge(way, cut, await first)
    : skip(`silence is cut after ${cut.idleMs} ms here, before the first of them at ${guessMs} ms`);
}

async function keep(probe: Probe, way: KeepAlive, everyMs: number): Promise<Kept> {
  const { answerMs } = probe.patience;
  const path = way.path?.(Math.round(everyMs));
  const peer = await probe.raw({ ...way.dial, ...(path && { path }) });
  const since = performance.now();
  const heardBefore = peer.received().length;
  const { act } = way;
  const timer = act && setInterval(() => act(peer), everyMs);
  try {
    const cut = await idleCut(probe);
    const leftMs = cut.idleMs < 0 ? 0 : since + longer(cut) - performance.now();
    const end = await peer.farewell(Math.max(leftMs, 0));
    const ageMs = Math.round((end?.at ?? performance.now()) - since);
    const heard = peer.received().length - heardBefore;
    return { everyMs, ageMs, heard, echoed: !end && (await peer.echo(answerMs)), ...(end && { end }) };
  } finally {
    clearInterval(timer);
  }
}

/** What the figures say. */
export function judge({ mode, what, path, act }: KeepAlive, cut: IdleCut, kept: Kept): Verdict {
  const every = `${what} every ${Math.round(kept.everyMs)} ms`;
  const measured = { [`survives.${mode}`]: kept.echoed, ageMs: kept.ageMs };
  const silent = `connections are cut after ${limit(cut)}`;
  if (kept.echoed) {
    return pass(`alive after ${kept.ageMs} ms with ${every}, where ${silent}`, { measured });
  }
  const blame = cut.by;
  const expected = `alive after ${Math.round(longer(cut))} ms, where ${silent}`;
  if (cut.busyToo) {
    const actual = `every connection is cut at the age of ${cut.idleMs} ms here, whatever is sent`;
    return fail(expected, actual, { measured, blame });
  }
  if (path && !act && kept.heard === 0) {
    return fail(expected, `none of what the origin sent (${every}) arrived`, { measured, blame });
  }
  const death = kept.end ? 'cut' : 'dead';
  return fail(expected, `${death} after ${kept.ageMs} ms in spite of ${every}`, { measured, blame });
}
