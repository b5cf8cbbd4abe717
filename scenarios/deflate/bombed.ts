import type { Probe, Verdict } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { deflated } from '../framing/rsv.js';
import { type Blast, blast, bomb, inFrames } from './bombs.js';

/** What an ordinary application never needs, and what no server should make of a few kilobytes. */
const LADDER = [16, 64];

/** The checks' budget: what is sent is about a thousandth of what it becomes. */
export const BOMB_BUDGET = { connections: 8, octets: 512 * 1024, seconds: 60 } as const;

/** Judges what a server makes of compressed zeros, in so many frames. */
export async function mustNotInflate(probe: Probe, frames: number): Promise<Verdict> {
  const meeting = await deflated(probe);
  if (typeof meeting === 'string') return skip(meeting);
  const bystander = await meeting.open();
  const expected = 'the message is turned down before it is inflated, with 1009';
  let taken = 0;
  for (const mebibytes of LADDER) {
    const payload = bomb(mebibytes);
    const seen = await blast(probe, meeting, inFrames(payload, frames));
    if (seen.became === 'ended' && !(await meeting.lives(bystander)))
      return fail(expected, `${sized(mebibytes, payload)} ended other connections too`);
    const measured = { takenMiB: taken, sentOctets: payload.length };
    if (seen.became === 'silent')
      return fail(expected, `after ${sized(mebibytes, payload)} the connection stayed open, in silence`, {
        measured,
      });
    if (seen.became === 'ended') return refused(mebibytes, taken, seen, expected);
    taken = mebibytes;
  }
  const told = `${sized(taken, bomb(taken))} was inflated, and the connection went on`;
  return fail(expected, told, { measured: { takenMiB: taken } });
}

const sized = (mebibytes: number, payload: Uint8Array): string =>
  `a message of ${Math.round(payload.length / 1024)} KiB that inflates to ${mebibytes} MiB`;

function refused(
  mebibytes: number,
  taken: number,
  { end }: Extract<Blast, { became: 'ended' }>,
  expected: string,
): Verdict {
  const measured = {
    takenMiB: taken,
    refusedMiB: mebibytes,
    ...(end.code !== undefined && { code: end.code }),
  };
  const how =
    end.code === undefined ? `an end (${end.how})` : `Close ${end.code} ${show(end.reason ?? '')}`.trimEnd();
  const told = `${mebibytes} MiB are turned down with ${how}`;
  if (taken === 0) return pass(told, { measured });
  const actual = `${taken} MiB were inflated; ${told}`;
  return warn(actual, { measured, expected, actual, severity: 'medium' });
}
