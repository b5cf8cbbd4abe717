import type { ClientSession, Probe, Sighting } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';

/** Whether masked frames of clients come to the origin with the key that they were sent with: no hop opens them. */
export function keysPass(probe: Probe): Promise<boolean> {
  return probe.once('masking keys pass', async () => {
    const peer = await probe.raw();
    const [payload, mask] = [Buffer.from('with this key'), Buffer.from([0x67, 0x61, 0x75, 0x6e])];
    peer.send(frame({ opcode: 'text', payload, mask }));
    await peer.until((received) => payload.equals(received.payload), probe.patience.answerMs);
    const seen = await probe.sighting(peer.token);
    return !!seen?.frames.some((came) => payload.equals(came.payload) && came.mask && mask.equals(came.mask));
  });
}

/** Waits until the sighting has so many data frames, or its connection ends, or the time is over; how many there are. */
export async function dataFrames(probe: Probe, seen: Sighting, count: number): Promise<Sighting['frames']> {
  const deadline = performance.now() + probe.patience.answerMs;
  let over = false;
  void seen.ended.then(() => {
    over = true;
  });
  const data = () => seen.frames.filter(({ opcode }) => opcode < 8);
  while (data().length < count && !over && performance.now() < deadline) await probe.wait(20);
  return data();
}

/** The client under test, open at that path, and the origin's view of it; or why this is not to be had. */
export async function openSeen(
  probe: Probe,
  path?: string,
): Promise<{ session: ClientSession; seen: Sighting } | { why: string }> {
  const session = await probe.open(path === undefined ? {} : { path });
  if (!session.opened || session.token === undefined) {
    return { why: `${probe.client.name} could not be opened: ${session.failure ?? 'no token'}` };
  }
  const seen = await probe.sighting(session.token, probe.patience.answerMs);
  return seen ? { session, seen } : { why: 'the origin did not see the client' };
}
