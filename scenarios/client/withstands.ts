import type { Probe, Verdict, Visit } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { afterOpening, blame, shownTo } from './shown.js';

/** More memory than that is not needed for what a check of ours sends. */
const GROWTH_KB = 128 * 1024;
/** What a limit may let through before it holds: that of ws is 100 MiB, which are copied once. */
const LIMITED_KB = 256 * 1024;
/** As much as that comes and goes by itself. */
const LITTLE_KB = 24 * 1024;
/** How long what is sent may take to be read. */
const READ_MS = 8000;

/** What a server puts upon a client. */
export interface Load {
  what: string;
  octets: (visit: Visit) => Uint8Array;
  /**
   * What the client may do about it. `fail`: it has to fail the connection. `wait`: or to go on waiting, without having made
   * room. `stay`: or to go on as if nothing had been.
   */
  may: 'fail' | 'wait' | 'stay';
  /** It harms by the memory that it takes: who takes it all the same, and no more memory, is warned of. */
  harmsByMemory?: boolean;
  accept?: (visit: Visit) => void;
}

/** Whether the client withstands what is put upon it: it goes on or fails the connection, and neither ends nor grows over it. */
export async function withstands(
  probe: Probe,
  { what, octets, may, harmsByMemory, accept }: Load,
): Promise<Verdict> {
  const { name } = probe.client;
  const habits = await probe.habits();
  const serve = afterOpening(
    probe,
    async (visit) => {
      visit.send(octets(visit));
      await visit.drained(READ_MS);
    },
    accept,
  );
  const { held, crash, peakKb, beforeKb = 0 } = await shownTo(probe, { serve }, READ_MS);
  if (!held) return skip(`${name} did not come to be shown ${what}`);
  const usualKb = habits.peakKb === undefined ? undefined : Math.max(habits.peakKb, beforeKb);
  const measured = {
    held: held.as,
    ...(peakKb !== undefined && usualKb !== undefined && { peakKb, usualKb }),
  };
  const extras = { blame, measured };
  const expected = 'the connection failed, and no more memory than before';
  if (crash !== undefined) return fail(expected, `${name} ${crash} over ${what}`, extras);
  const growth = peakKb !== undefined && usualKb !== undefined ? peakKb - usualKb : undefined;
  const most = held.as === 'failed' ? LIMITED_KB : GROWTH_KB;
  if (growth !== undefined && growth > most) {
    return fail(expected, `${Math.round(growth / 1024)} MiB more over ${what}; ${held.told}`, extras);
  }
  if (habits.quitMs !== undefined && (held.end?.code ?? 0) < 1002)
    return skip(`${name} leaves by itself after ${Math.round(habits.quitMs)} ms: ${held.told}`);
  const room = growth === undefined ? '' : `; ${Math.max(0, Math.round(growth / 1024))} MiB more memory`;
  if (held.as === 'failed') return pass(`${held.told}${room}`, { measured });
  if (may === 'fail' && harmsByMemory && growth !== undefined && growth < LITTLE_KB) {
    const seen = `it took ${what}: ${held.told}${room}`;
    return warn(seen, {
      expected: 'the client fails the connection',
      actual: seen,
      severity: 'low',
      ...extras,
    });
  }
  if (may === 'fail')
    return fail('the client fails the connection', `it took ${what}: ${held.told}${room}`, extras);
  if (may === 'stay' && held.as === 'open') return pass(`${held.told}${room}`, { measured });
  if (growth === undefined && may === 'wait')
    return skip(
      `${held.told}, and its memory cannot be seen: it is no program of its own, or this is not Linux`,
    );
  if (may === 'stay') return warn(`${held.told} after ${what}${room}`, { expected: 'a pong', ...extras });
  return pass(`${held.told}${room}`, { measured });
}
