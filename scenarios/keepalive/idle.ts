import type { End, Ending, Peer, Probe, Sighting } from '../../harness/model.js';

/** Silent connections, each asked for an echo after a silence this much longer than that of the one before. */
const RUNGS = 18;
const STEP = 1.15;
/** How many are opened at once. */
const AT_ONCE = 6;
/** Silence begins with an echo that comes so long after the opening: nginx lets a timer be that was set less than 300 ms ago. */
const SETTLE_MS = 350;

/** How silent connections fare at a place. */
export interface IdleCut {
  /** The shortest silence after which a connection was cut; -1 where none was within `watchedMs`. */
  idleMs: number;
  /** The longest: timers that tick once a second cut some connections that much later. */
  mostMs: number;
  /** The longest silence below that which was seen to be survived. */
  aliveMs: number;
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

/** One silent connection, and what became of it. */
interface Rung {
  /** From its opening to the beginning of its silence. */
  settledMs: number;
  silentMs: number;
  alive: boolean;
  /** How each side learnt of the end, where it did before anybody spoke again. */
  client?: End;
  origin?: End;
  /** The silence until the first of the two. */
  cutMs?: number;
  sighting?: Sighting;
}

/** Measured once per place and in one pass: all connections are silent at the same time. */
export const idleCut = (probe: Probe): Promise<IdleCut> => probe.once('idle cut', () => measure(probe));

async function measure(probe: Probe): Promise<IdleCut> {
  const watchedMs = probe.patience.idleMs;
  const waits = Array.from({ length: RUNGS }, (_, i) => watchedMs / STEP ** (RUNGS - 1 - i));
  const control = talkOn(probe, waits[0]! / 3);
  const rungs = (await watchAll(probe, waits.reverse())).reverse();
  const told = rungs.flatMap(({ cutMs }) => cutMs ?? []);
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
  return {
    ...found,
    idleMs: Math.round(busyToo ? ageMs : idleMs),
    mostMs: Math.round(Math.max(idleMs, ...told)),
    by: culprit(seen, probe),
    busyToo,
  };
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

/** Is silent on a connection for so long, unless an end comes first, and then asks for an echo. */
async function watch(probe: Probe, peer: Peer, waitMs: number): Promise<Rung> {
  const { answerMs } = probe.patience;
  const openedAt = performance.now();
  let since = openedAt;
  await peer.farewell(SETTLE_MS);
  const askedAt = performance.now();
  // A hop saw the last of what passed between the two.
  if (await peer.echo(answerMs)) since = (askedAt + performance.now()) / 2;
  const sighting = probe.ours ? await probe.sighting(peer.token) : undefined;
  let origin: End | undefined;
  void sighting?.ended.then((end) => {
    origin = end;
  });
  let client = await peer.farewell(waitMs);
  const spokeAt = client ? Number.POSITIVE_INFINITY : performance.now();
  const silentMs = Math.min(spokeAt, performance.now()) - since;
  if (!client && !origin && (await peer.echo(answerMs)))
    return { settledMs: since - openedAt, silentMs, alive: true };
  // Whoever is told at all is told at about the same time.
  if (client && sighting) await Promise.race([sighting.ended, probe.wait(answerMs)]);
  client ??= await peer.farewell(origin ? answerMs : 0);
  const ends = [client, origin].map((end) => (end && unprovoked(end, spokeAt) ? end : undefined));
  const first = Math.min(...ends.map((end) => end?.at ?? Number.POSITIVE_INFINITY));
  return {
    settledMs: since - openedAt,
    silentMs,
    alive: false,
    ...(ends[0] && { client: ends[0] }),
    ...(ends[1] && { origin: ends[1] }),
    ...(Number.isFinite(first) && { cutMs: first - since }),
    ...(sighting && { sighting }),
  };
}

/** A reset that follows upon our speaking again answers that; it tells nobody who stays silent. */
const unprovoked = ({ how, at }: End, spokeAt: number) => at <= spokeAt || how !== 'rst';

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

function fate({ silentMs, alive, client, origin, cutMs }: Rung): string {
  if (alive) return `${Math.round(silentMs)} ms: alive`;
  if (cutMs === undefined) return `${Math.round(silentMs)} ms: dead, nobody was told`;
  return `${Math.round(cutMs)} ms: cut (client ${client?.how ?? 'nothing'}, origin ${origin?.how ?? 'nothing'})`;
}
