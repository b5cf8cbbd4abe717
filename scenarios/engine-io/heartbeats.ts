import type { Acquaintance, Peer, WireFrame } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { openIn, said } from './recognised.js';

/** Whether the server sends ping packets of Engine.IO and ends a connection that does not answer them. */
const beats = ({ greeting }: Acquaintance): boolean =>
  greeting.some((one) => openIn(said(one))?.maxPayload !== undefined);

/**
 * Waits for a frame as `peer.until` does, and answers the ping packets of Engine.IO that come before it, where the
 * endpoint has such. Waits for the whole time where nothing matches.
 */
export async function untilWithHeartbeats(
  peer: Peer,
  known: Acquaintance,
  match: (frame: WireFrame) => boolean,
  withinMs: number,
): Promise<WireFrame | undefined> {
  const isBeat = (one: WireFrame) => one.opcode === 1 && beats(known) && said(one) === '2';
  const until = performance.now() + withinMs;
  for (;;) {
    const left = until - performance.now();
    if (left <= 0) return undefined;
    const one = await peer.until((received) => match(received) || isBeat(received), left);
    if (!one || !isBeat(one)) return one;
    peer.send(frame({ opcode: 'text', payload: '3', mask: true }));
  }
}
