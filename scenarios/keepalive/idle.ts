import type { Ending, Probe } from '../../harness/model.js';
import { fate, type Rung, watch } from './rung.js';

/** Silent connections, each asked for an echo after a silence this much longer than that of the one before. */
const RUNGS = 18;
const STEP = 1.15;
/** How many are opened at once. */
const AT_ONCE = 6;

/** How much longer than the latest cut a silence has to be that was survived, for the cut not to go by silence alone. */
const OUTLIVED = 1.3;

/** How silent connections fare at a place. */
export interface IdleCut {
  /** The shortest silence after which a connection was cut; -1 where none was within `watchedMs`. */
  idleMs: number;
  /** The longest: timers that tick once a second cut some connections that much later. */
  mostMs: number;
  /** The longest silence below that which was seen to be survived. */
  aliveMs: number;
  /** The longest silence that was survived though others were cut before: whoever cuts goes by something else. */
  outlivedMs?: number;
  watchedMs: number;
  clientSaw: Ending;
  /** Absent where the origin is not ours. */
  originSaw?: Ending;
  /** Who cut: `origin`, a hop's name, or those that it may have been. */
  by: string;
  /** A connection that was never silent was cut at that age too, so that silence was not the reason. */
  busyToo: boolean;
  /** Each connection's fate, for the evidence. */
  story: string;
}

/** Measured once per place and in one pass: all connections are silent at the same time. */
export const idleCut = (probe: Probe): Promise<IdleCut> => probe.once('idle cut', () => measure(probe));

async function measure(probe: Probe): Promise<IdleCut> {
  const watchedMs = probe.patience.idleMs;
  const waits = Array.from({ length: RUNGS }, (_, i) => watchedMs / STEP ** (RUNGS - 1 - i));
  const control = talkOn(probe, waits[0]! / 3);
  const rungs = (await watchAll(probe, waits.reverse())).reverse();
  const told = surest(rungs).flatMap(({ cutMs }) => cutMs ?? []);
  const idleMs = told.length > 0 ? Math.min(...told) : deadFrom(rungs);
  const alive = rungs.filter((rung) => rung.alive && (idleMs < 0 || rung.silentMs < idleMs));
  const seen = rungs.find(({ cutMs }) => cutMs === idleMs) ?? rungs.at(-1)!;
  const found = {
    aliveMs: Math.round(alive.at(-1)?.silentMs ?? 0),
    watchedMs,
    clientSaw: seen.client?.how ?? 'nothing',
    ...(probe.ours && { originSaw: seen.origin?.how ?? 'nothing' }),
    story: rungs.map(fate).join(', '),
  } as const;
  if (idleMs < 0) {
    await control(0);
    return { ...found, idleMs: -1, mostMs: -1, by: '', busyToo: false };
  }
  const ageMs = seen.settledMs + idleMs;
  const busyToo = !(await control(ageMs));
  const mostMs = Math.max(idleMs, ...told);
  const outlivedMs = rungs.findLast((rung) => rung.alive)?.silentMs ?? 0;
  return {
    ...found,
    idleMs: Math.round(busyToo ? ageMs : idleMs),
    mostMs: Math.round(mostMs),
    ...(outlivedMs > mostMs * OUTLIVED && { outlivedMs: Math.round(outlivedMs) }),
    by: culprit(seen, probe),
    busyToo,
  };
}

/** Of those that were told of a cut, the ones whose silence is known well: a busy machine is late to see it begin. */
export function surest(rungs: readonly Rung[]): Rung[] {
  const all = rungs.filter(({ cutMs }) => cutMs !== undefined).sort((a, b) => a.doubtMs - b.doubtMs);
  const silent = all.filter(({ raced }) => !raced);
  const told = silent.length > 0 ? silent : all;
  return told.filter(({ doubtMs, cutMs }, i) => i === 0 || doubtMs <= cutMs! / 10);
}

/** Where nobody was told: between the longest silence that was survived and the next; -1 where all were. */
function deadFrom(rungs: readonly Rung[]): number {
  const dead = rungs.findLastIndex(({ alive }) => alive) + 1;
  if (dead === rungs.length) return -1;
  const { silentMs } = rungs[dead]!;
  return Math.sqrt(silentMs * (rungs[dead - 1]?.silentMs ?? silentMs));
}

/** Watches a few connections more whenever as many are open: what is opened all at once is late to be answered. */
async function watchAll(probe: Probe, waits: readonly number[]): Promise<Rung[]> {
  const watched: Promise<Rung>[] = [];
  for (let i = 0; i < waits.length; i += AT_ONCE) {
    const some = waits.slice(i, i + AT_ONCE);
    const peers = await Promise.all(some.map(() => probe.raw()));
    watched.push(...peers.map((peer, k) => watch(probe, peer, some[k]!)));
  }
  return Promise.all(watched);
}

/**
 * The control: a connection that is never silent. What it returns ends it, and says whether it lived well past the
 * age at which the silent ones were cut.
 */
function talkOn(probe: Probe, everyMs: number): (ageMs: number) => Promise<boolean> {
  const over = new AbortController();
  const opened = performance.now();
  const talk = (async () => {
    const peer = await probe.raw();
    while (!over.signal.aborted) {
      if (!(await peer.echo(probe.patience.answerMs))) return false;
      await probe.wait(everyMs);
    }
    return true;
  })();
  talk.catch(() => {});
  return async (ageMs) => {
    const pastMs = opened + ageMs * 1.25 - performance.now();
    if (pastMs > 0 && ageMs > 0) await Promise.race([talk, probe.wait(pastMs)]);
    over.abort();
    return talk;
  };
}

function culprit({ sighting }: Rung, probe: Probe): string {
  const ending = sighting?.evidence.find(
    ({ kind, text }) => kind !== 'note' && /^(FIN|RST|frame close)/.test(text),
  );
  if (ending?.kind === 'sent') return 'origin';
  return probe.ours || probe.suspect() === 'origin' ? probe.suspect() : `${probe.suspect()} or origin`;
}
