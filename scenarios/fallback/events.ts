import type { Probe, Verdict } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { farSide, story, streamPath } from './stream.js';

const EVERY_MS = 50;
const COUNT = 16;
/** A delay that a reader of a live stream would notice, well above what a busy machine adds. */
const MOST_MS = 250;

/** Measures how long events of a stream take from the origin to the client: the median, and whether they come at all. */
export async function delivery(probe: Probe, faults: string): Promise<Verdict> {
  if (!probe.ours) return skip('it takes an origin of ours, which says when each event was sent');
  const path = streamPath({ count: COUNT, everyMs: EVERY_MS, faults });
  const session = await probe.live({ path, transports: ['sse'] });
  const heldUpMs = await heldUpDuring(() =>
    session.until((s) => s.received.length >= COUNT, COUNT * EVERY_MS + probe.patience.answerMs * 2),
  );
  const delays = session.received.flatMap(({ at, sentAt }) => (sentAt === undefined ? [] : [at - sentAt]));
  const median = delays.sort((a, b) => a - b)[Math.floor(delays.length / 2)];
  const deliveryDelayMs = median === undefined ? -1 : Math.round(median);
  const measured = { deliveryDelayMs, events: session.received.length };
  const expected = `each event within ${MOST_MS} ms`;
  const blame = probe.suspect();
  if (session.received.length === 0) {
    const refused = session.attempts.find(({ outcome }) => outcome === 'refused' || outcome === 'reset');
    if (refused) return skip(`server-sent events are not to be had here: ${refused.why}`);
    return fail(expected, `no event came while the stream was open: ${story(session)}`, { measured, blame });
  }
  // A delay is not laid at a hop's door that this machine's own hesitation accounts for.
  if (deliveryDelayMs > MOST_MS && deliveryDelayMs <= MOST_MS + heldUpMs)
    return skip(`this machine was held up for ${Math.round(heldUpMs)} ms, too long to judge delays by`);
  if (deliveryDelayMs > MOST_MS || session.received.length < COUNT)
    return fail(
      expected,
      `${session.received.length} of ${COUNT} events, half of them later than ${deliveryDelayMs} ms`,
      {
        measured,
        blame,
      },
    );
  const far = await farSide(probe, path);
  if (far && (far.attempts.sse ?? 0) > 1) {
    const actual = `the stream broke, or lost an event, and was asked for ${far.attempts.sse} times`;
    return fail('one stream of all events', actual, { measured, blame });
  }
  return pass(`${COUNT} events, median delay ${deliveryDelayMs} ms`, { measured });
}

const TICK_MS = 20;

/** How late this machine's own timers were in all while that was done. */
async function heldUpDuring(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let late = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    // A tick or two late is every timer.
    late += Math.max(now - last - 2 * TICK_MS, 0);
    last = now;
  }, TICK_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return late;
}
