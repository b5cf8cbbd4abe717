import type { Check, Measured, Probe } from '../../harness/model.js';
import { farEnd } from '../../harness/origins/far-end.js';
import { fail, info, pass, skip, warn } from '../../harness/verdict.js';
import { idleCut } from './idle.js';

export default {
  title: 'The client pings well before silence is cut',
  requirement: 'What the client sends by itself comes at two thirds of the shortest idle cut at the most.',
  severity: 'medium',
  refs: ['RFC 6455 §5.5.2'],
  why: 'A heartbeat of 60 seconds races an idle timer of 60 seconds, and loses now and then. A slower one loses always.',
  remedy: 'Ping at half of the shortest idle timer of the path, or raise that timer.',
  async run(probe) {
    const watching = silence(probe);
    watching.catch(() => {});
    const cut = await idleCut(probe);
    const { client, longestMs, watchedMs } = await watching;
    const measured: Measured = { idleMs: cut.idleMs };
    if (longestMs >= 0) measured.clientPeriodMs = Math.round(longestMs);
    if (!client)
      return skip('no baseline here: the client could not connect to a far end without anything between');
    const habit =
      longestMs < 0
        ? `${client} sent nothing by itself within ${Math.round(watchedMs)} ms`
        : `${client} is silent for ${Math.round(longestMs)} ms at the most`;
    if (cut.idleMs < 0) return info(`${habit}; silence was not cut within ${cut.watchedMs} ms`, measured);
    if (cut.busyToo)
      return info(`${habit}; connections are cut at ${cut.idleMs} ms, silent or not`, measured);
    if (longestMs < 0)
      return warn(`${habit}, and ${cut.by} cuts silence after ${cut.idleMs} ms`, { measured });
    const expected = `at most two thirds of the ${cut.idleMs} ms after which ${cut.by} cuts silence`;
    if (longestMs >= cut.idleMs) return fail(expected, habit, { measured, blame: 'client' });
    if (longestMs > (cut.idleMs * 2) / 3) {
      return warn(`${habit}: little margin below the cut`, { measured, expected, actual: habit });
    }
    return pass(`${habit}; ${cut.by} cuts after ${cut.idleMs} ms`, { measured });
  },
} satisfies Check;

/** The longest silence of the client under test while nobody cuts and nobody speaks to it; -1 where it is for ever. */
async function silence(probe: Probe): Promise<{ client?: string; longestMs: number; watchedMs: number }> {
  const far = probe.own(await farEnd(probe.authority));
  const session = probe.own(await probe.client.open(far.route, { path: '/echo', signal: probe.signal }));
  const [sighting] = far.sightings;
  if (!session.opened || !sighting) return { longestMs: -1, watchedMs: 0 };
  const { idleMs } = await idleCut(probe);
  // Twice the cut, to see a period that is too long as well.
  const untilMs = sighting.openedAt + 2 * Math.max(idleMs, 0) - performance.now();
  if (untilMs > 0) await probe.wait(untilMs);
  const watchedMs = performance.now() - sighting.openedAt;
  const times = sighting.evidence.flatMap(({ kind, text, at }) =>
    kind === 'received' && text.startsWith('frame ') ? at : [],
  );
  const gaps = times.map((at, i) => at - (times[i - 1] ?? sighting.openedAt));
  return { client: probe.client.name, longestMs: Math.max(-1, ...gaps), watchedMs };
}
