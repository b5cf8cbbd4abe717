import { interfaceBlock, packetBlock, secretsBlock, sectionBlock } from './blocks.js';
import type { Capture } from './capture.js';
import { Wire } from './conversation.js';

export type { Capture, Conversation, ConversationEvent, Segment } from './capture.js';

/**
 * The octets of a pcapng file: an interface for each segment, TLS secrets inside, and the connections as TCP packets
 * in the order of time. They are made of what was read from sockets: handshakes, acknowledgements and segment sizes
 * are as they might have been, octets, FIN, RST and times as they were.
 */
export const pcapng = (capture: Capture): Uint8Array => Buffer.concat([...pcapngBlocks(capture)]);

/** The same block by block, so that a large file need not be in memory a second time. */
export function* pcapngBlocks(capture: Capture): Generator<Uint8Array> {
  const { segments, secrets, comment, epochMs } = capture;
  yield sectionBlock('wsgauntlet', comment);
  for (const { name, comment } of segments) yield interfaceBlock(name, comment);
  if (secrets) yield secretsBlock(secrets);
  const moments = segments.flatMap(({ connections }, index) =>
    connections.flatMap((connection) => {
      const wire = new Wire(connection);
      return connection.events.map((event) => ({ wire, event, index }));
    }),
  );
  // Stable: events of one moment stay in the order in which they were seen.
  moments.sort((a, b) => a.event.at - b.event.at);
  const epoch = BigInt(Math.round(epochMs * 1000)) * 1000n;
  for (const { wire, event, index } of moments) {
    for (const { at, bytes, comment } of wire.take(event)) {
      yield packetBlock(index, epoch + BigInt(Math.round(at * 1e6)), bytes, comment);
    }
  }
}
