import type { Probe, Verdict } from '../../harness/model.js';
import { fail } from '../../harness/verdict.js';
import { enough } from './enough.js';

/** A server that starts anew by itself is given this long. */
const TRIES = 3;
const PAUSE_MS = 300;

/** Of a check that uses `survived` around something of so many connections. */
export const survivalConnections = (inside: number): number => 2 * inside + 6;

/**
 * Does what might take the server down, and says so where it did: nobody is let in any more, or others lost their
 * connections over it, twice, as they do when a process is started anew. Else what `act` says of it.
 */
export async function survived(probe: Probe, act: () => Promise<Verdict>): Promise<Verdict> {
  const expected = 'the server goes on: other connections live, and new ones are let in';
  const first = await lost(probe, act);
  if (first.gone) return fail(expected, first.gone);
  if (!first.ended) return first.said();
  const again = await lost(probe, act);
  if (again.gone) return fail(expected, again.gone);
  if (!again.ended || (await endsAnyway(probe, again.ms))) return again.said();
  return fail(expected, 'other connections ended with it, each time, though new ones are let in');
}

interface Harm {
  /** What `act` says; throws what it threw. */
  said(): Verdict;
  /** Why nobody is let in any more. */
  gone?: string;
  /** Whether a connection that had nothing to do with it ended. */
  ended: boolean;
  ms: number;
}

async function lost(probe: Probe, act: () => Promise<Verdict>): Promise<Harm> {
  const bystander = await probe.meet();
  const since = performance.now();
  // That nothing can be tried any more may be the harm that was done.
  const [done] = await Promise.allSettled([act()]);
  const said = () => {
    if (done.status === 'rejected') throw done.reason;
    return done.value;
  };
  const ended = !(await probe.lives(bystander));
  const ms = performance.now() - since;
  await bystander[Symbol.asyncDispose]();
  const gone = await shut(probe, ended);
  return { said, ended, ms, ...(gone !== undefined && { gone }) };
}

/** What comes of knocking, where the door stays shut. */
async function shut(probe: Probe, ended: boolean): Promise<string | undefined> {
  for (let tries = 1; ; tries++) {
    const made = await probe.knock();
    await made[Symbol.asyncDispose]();
    const { reception, told } = made;
    if (reception === 'accepted') return undefined;
    // Who answers 429 or 503, and keeps the connections that it has, has had enough of this client.
    if (!ended && enough(made)) return undefined;
    if (tries === TRIES) return `nobody is let in any more: ${told}`;
    await probe.wait(PAUSE_MS);
  }
}

/** Whether connections that are left alone end within so long. */
async function endsAnyway(probe: Probe, ms: number): Promise<boolean> {
  const idle = await probe.meet();
  await probe.wait(ms);
  return !(await probe.lives(idle));
}
