/**
 * Deadlines for answers of others, in time during which this process was able to take an answer. A process that was held
 * up (a busy machine, a large module being loaded) has not waited: what came meanwhile is still to be read, and must
 * not be judged as silence.
 */

const TICK_MS = 20;
/** What one tick counts at most, however late it comes. */
const MOST_MS = 2 * TICK_MS;

interface Timer {
  left: number;
  act: () => void;
}

const timers = new Set<Timer>();
let last = 0;
let ticking: NodeJS.Timeout | undefined;

function tick(): void {
  const now = performance.now();
  const waited = Math.min(now - last, MOST_MS);
  last = now;
  for (const timer of timers) {
    timer.left -= waited;
    if (timer.left > 0) continue;
    timers.delete(timer);
    timer.act();
  }
  if (timers.size > 0) return;
  clearInterval(ticking);
  ticking = undefined;
}

/** Acts once `ms` were waited, to within a tick (20 ms). Returns what calls it off. */
export function after(ms: number, act: () => void): () => void {
  if (!ticking) {
    last = performance.now();
    ticking = setInterval(tick, TICK_MS);
  }
  const timer = { left: ms, act };
  timers.add(timer);
  return () => timers.delete(timer);
}

/** What the promise brings, or undefined once `ms` were waited for it. */
export function within<T>(ms: number, promise: PromiseLike<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const callOff = after(ms, () => resolve(undefined));
    promise.then(
      (value) => {
        callOff();
        resolve(value);
      },
      (fault: unknown) => {
        callOff();
        reject(fault as Error);
      },
    );
  });
}
