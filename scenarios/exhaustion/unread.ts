import type { End, Peer, Probe } from '../../harness/model.js';

/** More than kernels put by for a connection on the way to a server and back, as they are usually set up. */
export const MOST_POURED = 16 * 1024 * 1024;
const LOOK_MS = 5;
/** So much of what was owed has to come back for it to have been put by in the server. */
const MOST_OF_IT = 0.9;

/** What became of octets that were answered while nobody read the answers. */
export type Poured =
  | { became: 'stopped'; sent: number }
  | { became: 'ended'; sent: number; end: End }
  /** All were taken, and so many octets came back once they were read. */
  | { became: 'taken'; sent: number; back: number; kept: boolean };

/**
 * Sends `chunk` over and over and reads nothing, until the far end takes no more, ends the connection, or has taken
 * `MOST_POURED` octets. Then reads what it is owed, `owed` octets for each that was sent.
 */
export async function pour(probe: Probe, peer: Peer, chunk: Uint8Array, owed: number): Promise<Poured> {
  const { answerMs } = probe.patience;
  const before = peer.heard;
  peer.pause();
  let sent = 0;
  while (sent < MOST_POURED && peer.open) {
    peer.send(chunk);
    sent += chunk.length;
    for (let waited = 0; peer.open && peer.unsent > 0; waited += LOOK_MS) {
      if (waited > answerMs) return { became: 'stopped', sent: sent - peer.unsent };
      await probe.wait(LOOK_MS);
    }
  }
  peer.tally();
  peer.resume();
  const due = sent * owed * MOST_OF_IT;
  for (let heard = -1; peer.open && peer.heard > heard && peer.heard - before < due; ) {
    heard = peer.heard;
    await peer.octets(before + Math.ceil(due), answerMs);
  }
  const end = await peer.farewell(0);
  if (end) return { became: 'ended', sent, end };
  const back = peer.heard - before;
  return { became: 'taken', sent, back, kept: back >= due };
}
