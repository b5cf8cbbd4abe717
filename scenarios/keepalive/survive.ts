import { monitorEventLoopDelay } from 'node:perf_hooks';
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

/** How often it is tried where this machine was too busy to keep to the period. */
const TRIES = 3;

interface Kept {
  everyMs: number;
  ageMs: number;
  /** What came over the connection while it was kept. */
  heard: number;
  echoed: boolean;
  end?: End;
  /** For how long this process did nothing meanwhile, at most: it sent nothing then either. */
  heldUpMs: number;
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
  if (way.everyMs !== undefined && guessMs * 1.1 >= cut.idleMs)
    return skip(`silence is cut after ${cut.idleMs} ms here, before the first of them at ${guessMs} ms`);
  const tooSlow = way.everyMs === undefined && guessMs * OFTEN > cut.idleMs;
  const everyMs = tooSlow ? cut.idleMs / (OFTEN + 1) : guessMs;
  let kept = await (tooSlow ? keep(probe, way, everyMs) : first);
  for (let tries = 1; isVoid(way, cut, kept); tries++) {
    if (tries === TRIES) {
      return skip(
        `this machine is too busy: nothing was sent for ${Math.round(kept.heldUpMs)} ms, ${every(way, kept)}`,
      );
    }
    kept = await keep(probe, way, everyMs);
  }
  return judge(way, cut, kept);
}

/** It died, and may have been as silent meanwhile as is not borne here. What the kernel sends is not held up. */
export const isVoid = ({ everyMs }: KeepAlive, cut: IdleCut, kept: Kept): boolean =>
  everyMs === undefined && !kept.echoed && kept.heldUpMs + kept.everyMs > 0.8 * cut.idleMs;

const every = ({ what }: KeepAlive, { everyMs }: Kept) => `${what} every ${Math.round(everyMs)} ms`;

async function keep(probe: Probe, way: KeepAlive, everyMs: number): Promise<Kept> {
  const { answerMs } = probe.patience;
  const path = way.path?.(Math.round(everyMs));
  const peer = await probe.raw({ ...way.dial, ...(path && { path }) });
  const since = performance.now();
  const heardBefore = peer.received().length;
  const { act } = way;
  const timer = act && setInterval(() => act(peer), everyMs);
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  try {
    const cut = await idleCut(probe);
    const leftMs = cut.idleMs < 0 ? 0 : since + longer(cut) - performance.now();
    const end = await peer.farewell(Math.max(leftMs, 0));
    const ageMs = Math.round((end?.at ?? performance.now()) - since);
    const heard = peer.received().length - heardBefore;
    const echoed = !end && (await peer.echo(answerMs));
    return { everyMs, ageMs, heard, echoed, ...(end && { end }), heldUpMs: delays.max / 1e6 };
  } finally {
    delays.disable();
    clearInterval(timer);
  }
}

/** What the figures say. */
export function judge(way: KeepAlive, cut: IdleCut, kept: Kept): Verdict {
  const { mode, path, act } = way;
  const often = every(way, kept);
  const measured = { [`survives.${mode}`]: kept.echoed, ageMs: kept.ageMs };
  const silent = `connections are cut after ${limit(cut)}`;
  if (kept.echoed) {
    return pass(`alive after ${kept.ageMs} ms with ${often}, where ${silent}`, { measured });
  }
  const blame = cut.by;
  const expected = `alive after ${Math.round(longer(cut))} ms, where ${silent}`;
  if (cut.busyToo) {
    const actual = `every connection is cut at the age of ${cut.idleMs} ms here, whatever is sent`;
    return fail(expected, actual, { measured, blame });
  }
  if (path && !act && kept.heard === 0) {
    return fail(expected, `none of what the origin sent (${often}) arrived`, { measured, blame });
  }
  const death = kept.end ? 'cut' : 'dead';
  return fail(expected, `${death} after ${kept.ageMs} ms in spite of ${often}`, { measured, blame });
}
