import { interfaceBlock, packetBlock, secretsBlock, sectionBlock } from './blocks.js';
import type { Capture } from './capture.js';
import { packetsOf } from './conversation.js';

export type { Capture, Conversation, ConversationEvent, Segment } from './capture.js';

/**
 * The octets of a pcapng file: an interface for each segment, TLS secrets inside, and the connections as TCP packets
 * in the order of time. They are made of what was read from sockets: handshakes, acknowledgements and segment sizes
 * are as they might have been, octets, FIN, RST and times as they were.
 */
export function pcapng(capture: Capture): Uint8Array {
  const { segments, secrets, comment, epochMs } = capture;
  const packets = segments.flatMap(({ connections }, index) =>
    connections.flatMap(packetsOf).map((packet) => ({ ...packet, index })),
  );
  packets.sort((a, b) => a.at - b.at);
  const epoch = BigInt(Math.round(epochMs * 1000)) * 1000n;
  return Buffer.concat([
    sectionBlock('wsgauntlet', comment),
    ...segments.map((segment) => interfaceBlock(segment.name, segment.comment)),
    ...(secrets ? [secretsBlock(secrets)] : []),
    ...packets.map(({ at, bytes, index, comment }) =>
      packetBlock(index, epoch + BigInt(Math.round(at * 1e6)), bytes, comment),
    ),
  ]);
}
