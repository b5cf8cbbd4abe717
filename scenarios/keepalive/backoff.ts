import type { Measured, Probe, Verdict } from '../../harness/model.js';
import { type FarEnd, farEnd } from '../../harness/origins/far-end.js';
import { fail, pass, skip } from '../../harness/verdict.js';

const CLIENTS = 5;
/** How many of the first delay make up the time watched; the longest is a sixth of it. */
const STEPS = 48;
/** Delays have to grow by this factor in the time watched: they could by six, on a machine that is never late. */
const GROWTH = 1.3;
/** Whoever comes more often than that is in a loop, and is not watched to the end: twice what a fixed first delay gives. */
const MOST = 2 * CLIENTS * STEPS;
const TICK_MS = 20;
/** How far the delays of several clients have to lie apart, as a share of their mean. */
const SPREAD = 0.15;

/** Lets several of the clients under test meet a far end that they cannot stay connected to, and judges when they come back. */
export async function backsOff(probe: Probe, path: string): Promise<Verdict> {
  const { client, patience } = probe;
  if (!client.reconnect) return skip(`the client under test (${client.name}) does not reconnect by itself`);
  const watchedMs = patience.idleMs;
  const bounds = { baseMs: watchedMs / STEPS, capMs: watchedMs / 6 };
  const far = probe.own(await farEnd(probe.authority));
  const since = performance.now();
  const clients = Array.from({ length: CLIENTS }, (_, i) =>
    client.reconnect!(far.route, { ...bounds, path: `${path}client=${i}`, signal: probe.signal }),
  );
  let lostMs = 0;
  try {
    while (performance.now() - since < watchedMs && far.sightings.length < MOST) {
      const asleep = performance.now();
      await probe.wait(TICK_MS);
      const lateMs = performance.now() - asleep - TICK_MS;
      if (lateMs > TICK_MS) lostMs += lateMs;
    }
  } finally {
    await Promise.all(clients.map((each) => each[Symbol.asyncDispose]()));
  }
  return judge(attempts(far), performance.now(), bounds.capMs, lostMs);
}

/** When each client came, in order. */
function attempts({ sightings }: FarEnd): number[][] {
  return Array.from({ length: CLIENTS }, (_, i) =>
    sightings.flatMap(({ head, openedAt }) => (head?.includes(`client=${i}&`) ? openedAt : [])),
  );
}

/** `lostMs` is how long in all this process could do nothing: a delay may seem longer by as much. */
function judge(came: readonly number[][], until: number, capMs: number, lostMs: number): Verdict {
  const delays = came.map((times) => times.slice(1).map((at, i) => at - times[i]!));
  const least = Math.min(...delays.map((each) => each.length));
  const blame = 'client';
  const total = came.flat().length;
  if (total >= MOST)
    return fail('delays that grow with each failure', `${total} attempts in a row`, { blame });
  if (least === 0)
    return fail('another attempt after a failure', 'a client tried once, or not at all', { blame });
  if (least < 4) return skip(`a client tried ${least + 1} times only: too few to judge its delays by`);
  const waiting = came.map((times) => until - times.at(-1)!);
  const steps = Array.from({ length: least }, (_, k) => delays.map((each) => each[k]!));
  const first = median(steps.slice(0, 2).flat());
  const late = median(delays.flatMap((each) => each.slice(3)));
  // One client that this machine held up is not to speak for all of them.
  const longest = median(delays.map((each, i) => Math.max(...each, waiting[i]!)));
  // Short delays are as long as the machine's own hesitation.
  const apart = median(steps.slice(-3).map((step) => (Math.max(...step) - Math.min(...step)) / mean(step)));
  const measured: Measured = {
    attempts: Math.max(...came.map((times) => times.length)),
    firstDelayMs: Math.round(first),
    laterDelayMs: Math.round(late),
    longestDelayMs: Math.round(longest),
    jitter: Math.round(apart * 100) / 100,
  };
  const extras = { measured, blame };
  if (late < first * GROWTH || least > STEPS / 2) {
    const actual = `${Math.round(first)} ms at first, ${Math.round(late)} ms later on`;
    return fail('delays that grow with each failure', actual, extras);
  }
  if (longest > 1.5 * capMs + lostMs) {
    return fail(`no delay longer than ${Math.round(capMs)} ms`, `one of ${Math.round(longest)} ms`, extras);
  }
  if (longest > 1.5 * capMs) {
    return skip(`this machine was held up for ${Math.round(lostMs)} ms, and a delay seems too long by less`);
  }
  if (apart < SPREAD) {
    const actual = `${CLIENTS} clients that came back within ${Math.round(apart * 100)} % of each other`;
    return fail('delays that differ from client to client', actual, extras);
  }
  return pass(`delays grew from ${Math.round(first)} to ${Math.round(late)} ms, capped and apart`, {
    measured,
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
