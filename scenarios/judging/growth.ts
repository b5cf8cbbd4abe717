import type { Dial, DialOptions, Probe } from '../../harness/model.js';
import { enough } from './enough.js';

/** An answer that takes so long is looked at more closely, and nothing larger is sent. */
const ENOUGH_MS = 400;
const TIMES = 3;
/** So many times longer than something harmless of the same size, and */
const SLOWER = 10;
/** so many times longer than half of it: what is read once takes twice as long. */
const STEEPER = 2.7;
/** Below it, what a machine does besides tells more than what was sent. */
const NOISE_MS = 10;

/** Something in a handshake whose reading may take ever longer, and something harmless of the same size. */
export interface Ladder {
  /** From small to large, in whatever unit; each but the smallest steps at most doubles the one before. */
  sizes: readonly number[];
  hostile: (size: number) => DialOptions;
  harmless: (size: number) => DialOptions;
}

export interface Growth {
  /** Whether the time grows out of proportion. */
  steep: boolean;
  size: number;
  /** The shortest of three, in ms, of the hostile one, of the harmless one, and of the hostile one a step before. */
  ms: number;
  harmlessMs: number;
  beforeMs: number;
  /** Why nothing can be told of it. */
  unclear?: string;
}

/** What it takes, for the budgets of the checks that ask for it. */
export const growthConnections = ({ sizes }: Pick<Ladder, 'sizes'>): number =>
  2 * sizes.length + 3 * TIMES + 2;

/**
 * Climbs until an answer takes long, or to the top; then asks three times for each: the hostile one, the harmless one of
 * the same size, and the hostile one a step below.
 */
export async function growth(probe: Probe, { sizes, hostile, harmless }: Ladder): Promise<Growth> {
  let top = 0;
  for (let step = 0; step < sizes.length; step++) {
    const control = await answerTo(probe, harmless(sizes[step]!));
    // Larger ones are refused for their size.
    if (!control.read) break;
    top = step;
    if ((await answerTo(probe, hostile(sizes[step]!))).ms > ENOUGH_MS) break;
  }
  const size = sizes[top]!;
  const [harmlessMs, beforeMs, ms] = [
    await shortest(probe, harmless(size)),
    await shortest(probe, hostile(sizes[Math.max(top - 1, 0)]!)),
    await shortest(probe, hostile(size)),
  ];
  const seen = { size, ms, harmlessMs, beforeMs };
  if (top === 0 || harmlessMs === Number.POSITIVE_INFINITY)
    return { steep: false, ...seen, unclear: 'harmless handshakes of the same size are turned down' };
  return { steep: ms > NOISE_MS && ms > SLOWER * harmlessMs && ms > STEEPER * beforeMs, ...seen };
}

async function shortest(probe: Probe, options: DialOptions): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let times = 0; times < TIMES; times++) least = Math.min(least, (await answerTo(probe, options)).ms);
  return least;
}

/** How long an answer or an end took; for ever, where neither came. */
async function answerTo(probe: Probe, options: DialOptions): Promise<{ read: boolean; ms: number }> {
  const since = performance.now();
  await using made = await probe.dial(options);
  const ms = made.answeredMs ?? performance.now() - since;
  const { handshake } = made;
  return {
    read: made.answer !== undefined && !tooLarge(made) && !enough(made),
    ms: handshake === 'no-answer' ? Number.POSITIVE_INFINITY : ms,
  };
}

const tooLarge = ({ answer }: Dial): boolean => [413, 414, 431].includes(answer?.status ?? 0);
