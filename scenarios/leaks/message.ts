import type { Peer } from '../../harness/model.js';

/** The payload of the next whole message, its fragments joined (RFC 6455 §5.4). */
export async function nextMessage(peer: Peer, withinMs: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const received = await peer.until(({ opcode }) => opcode <= 2, withinMs);
    if (!received) return undefined;
    if (received.opcode !== 0) parts.length = 0;
    parts.push(received.payload);
    if (received.fin) return Buffer.concat(parts);
  }
}
