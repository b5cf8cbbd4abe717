import type { Measured, Verdict } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';

export const STEP_MS = 50;
const blame = 'client';
/** A delay that stays the same and is longer than that harms nobody much. */
const HARMLESS_MS = 1000;
const GROWTH = 1.3;
/** How far the delays of several clients have to lie apart, as a share of their mean. */
const SPREAD = 0.05;

/** Judges by when each of several clients came, in ms. */
export function judged(came: readonly (readonly number[])[], watchedMs: number): Verdict {
  const delays = came.map((times) => times.slice(1).map((at, i) => at - times[i]!));
  const attempts = Math.max(...came.map((times) => times.length));
  const least = Math.min(...delays.map((each) => each.length));
  const watched = `${Math.round(watchedMs / 1000)} s`;
  if (attempts < 2) return skip(`the client does not come back after a refusal, in ${watched}`);
  if (least < 2)
    return skip(`a client came ${least + 1} times in ${watched}: too few to judge its delays by`);
  const first = median(delays.map((each) => each[0]!));
  const last = median(delays.map((each) => Math.max(...each.slice(1))));
  const spreads = Array.from({ length: Math.min(least, 6) }, (_, k) => {
    const step = delays.map((each) => each[k]!);
    return (Math.max(...step) - Math.min(...step)) / (step.reduce((sum, one) => sum + one, 0) / step.length);
  });
  const apart = Math.max(...spreads);
  const measured: Measured = {
    attempts,
    firstDelayMs: Math.round(first),
    longestDelayMs: Math.round(last),
    jitter: Math.round(apart * 100) / 100,
  };
  const extras = { measured, blame };
  const grows = last >= first * GROWTH;
  const told = `${Math.round(first)} ms at first, ${Math.round(last)} ms at most, in ${attempts} attempts`;
  if (!grows && last < HARMLESS_MS) return fail('delays that grow with each failure', told, extras);
  if (!grows) return warn(`delays that do not grow: ${told}`, { expected: 'delays that grow', ...extras });
  if (apart < SPREAD)
    return warn(`delays that are the same in ${came.length} clients: ${told}`, {
      expected: 'delays that differ from client to client',
      ...extras,
    });
  return pass(`delays grow and differ: ${told}`, { measured });
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
