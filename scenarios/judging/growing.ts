import type { Probe, Verdict } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { type Growth, growth, type Ladder } from './growth.js';

/** Judges that a handshake takes about as long as another of its size, whatever is in it. */
export async function mustNotGrow(probe: Probe, what: string, ladder: Ladder): Promise<Verdict> {
  await using _ = await probe.meet();
  return judged(what, await growth(probe, ladder));
}

export function judged(what: string, { steep, size, ms, harmlessMs, beforeMs, unclear }: Growth): Verdict {
  if (unclear !== undefined) return skip(unclear);
  const measured = { size, ms: rounded(ms), harmlessMs: rounded(harmlessMs), beforeMs: rounded(beforeMs) };
  const took = ms === Number.POSITIVE_INFINITY ? 'had no answer' : `took ${rounded(ms)} ms`;
  const told = `${what} of ${size} ${took}, a harmless one of the same size ${rounded(harmlessMs)} ms`;
  if (!steep) return pass(told, { measured });
  return fail(
    'about the same time for any handshake of that size',
    `${told}, and one a step shorter ${rounded(beforeMs)} ms`,
    { measured },
  );
}

const rounded = (ms: number): number => (ms === Number.POSITIVE_INFINITY ? -1 : Math.round(ms * 10) / 10);
