import type { Peer, Probe, Verdict } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { type Beside, beside, noTrips } from './beside.js';

export interface Flood {
  /** As messages call it: `5000 messages of one octet`. */
  name: string;
  octets: Uint8Array;
  open?: () => Promise<Peer>;
  /** Until the far end has worked it off, or has ended the connection; its sign of life when absent. */
  worked?: (peer: Peer) => Promise<unknown>;
}

/** Judges what others feel while one connection sends a flood in one write. */
export async function mustNotHurtOthers(probe: Probe, flood: Flood): Promise<Verdict> {
  const why = await noTrips(probe);
  if (why !== undefined) return skip(why);
  const { open = () => probe.meet(), worked = (peer: Peer) => probe.lives(peer) } = flood;
  const seen = await beside(probe, open, async (peer) => {
    peer.send(flood.octets);
    await worked(peer);
  });
  return judged(flood.name, seen);
}

export function judged(name: string, { beforeMs, duringMs, slow, starved, end }: Beside): Verdict {
  const measured = { beforeMs, duringMs, ...(end?.code !== undefined && { code: end.code }) };
  const expected = 'other connections are served meanwhile about as before';
  if (starved)
    return fail(
      expected,
      `while ${name} came from one client, another had no answer in ${duringMs} ms, three times in a row`,
      { measured },
    );
  if (slow) {
    const actual = `while ${name} came from one client, another waited ${duringMs} ms instead of ${beforeMs} ms, three times in a row`;
    return warn(actual, { measured, expected, actual });
  }
  const ended = end ? '; the connection that sent them was ended' : '';
  return pass(
    `while ${name} came from one client, another waited ${duringMs} ms at most (${beforeMs} ms before)${ended}`,
    { measured },
  );
}
