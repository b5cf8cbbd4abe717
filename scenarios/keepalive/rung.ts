import type { End, Peer, Probe, Sighting } from '../../harness/model.js';
import { endAtOrigin, patiently } from './patiently.js';

/** Silence begins with an echo that comes so long after the opening: nginx lets a timer be that was set less than 300 ms ago. */
const SETTLE_MS = 350;

/** What ends so shortly before anybody speaks again may be answered by what was said. */
const RACE_MS = 100;

/** One silent connection, and what became of it. */
export interface Rung {
  /** From its opening to the beginning of its silence. */
  settledMs: number;
  /** How far that beginning may be off. */
  doubtMs: number;
  silentMs: number;
  alive: boolean;
  /** How each side learnt of the end, where it did before anybody spoke again. */
  client?: End;
  origin?: End;
  /** The silence until the first of the two. */
  cutMs?: number;
  /** The end came about when the silence was broken, which may have changed how it was seen. */
  raced?: boolean;
  sighting?: Sighting;
}

/** Is silent on a connection for so long, unless an end comes first, and then asks for an echo. */
export async function watch(probe: Probe, peer: Peer, waitMs: number): Promise<Rung> {
  const { answerMs } = probe.patience;
  const openedAt = performance.now();
  await peer.farewell(SETTLE_MS);
  const askedAt = performance.now();
  const echoed = await peer.echo(answerMs);
  // A hop saw the last of what passed between the two.
  const doubtMs = echoed ? (performance.now() - askedAt) / 2 : Number.POSITIVE_INFINITY;
  const since = echoed ? askedAt + doubtMs : openedAt;
  const begun = { settledMs: since - openedAt, doubtMs };
  const sighting = probe.ours ? await probe.sighting(peer.token) : undefined;
  let origin: End | undefined;
  void sighting?.ended.then((end) => {
    origin = end;
  });
  let client = await peer.farewell(waitMs);
  const spokeAt = client ? Number.POSITIVE_INFINITY : performance.now();
  const silentMs = Math.min(spokeAt, performance.now()) - since;
  if (!client && !origin && (await peer.echo(answerMs))) return { ...begun, silentMs, alive: true };
  // Whoever is told at all is told at about the same time.
  if (client && sighting) origin = await endAtOrigin(probe, sighting);
  if (origin) client ??= await patiently(probe, (withinMs) => peer.farewell(withinMs));
  const ends = [client, origin].map((end) => (end && unprovoked(end, spokeAt) ? end : undefined));
  const first = Math.min(...ends.map((end) => end?.at ?? Number.POSITIVE_INFINITY));
  return {
    ...begun,
    silentMs,
    alive: false,
    ...(ends[0] && { client: ends[0] }),
    ...(ends[1] && { origin: ends[1] }),
    ...(Number.isFinite(first) && { cutMs: first - since, raced: first > spokeAt - RACE_MS }),
    ...(sighting && { sighting }),
  };
}

/** A reset that follows upon our speaking again answers that; it tells nobody who stays silent. */
const unprovoked = ({ how, at }: End, spokeAt: number) => at <= spokeAt || how !== 'rst';

/** In a few words, for the evidence. */
export function fate({ silentMs, alive, client, origin, cutMs }: Rung): string {
  if (alive) return `${Math.round(silentMs)} ms: alive`;
  if (cutMs === undefined) return `${Math.round(silentMs)} ms: dead, nobody was told`;
  return `${Math.round(cutMs)} ms: cut (client ${client?.how ?? 'nothing'}, origin ${origin?.how ?? 'nothing'})`;
}
