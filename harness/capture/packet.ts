import { checksum } from './ip.js';

export const FLAG = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const;
const TCP = 6;
const TTL = 64;

export interface Packet {
  source: Uint8Array;
  dest: Uint8Array;
  sourcePort: number;
  destPort: number;
  /** Modulo 2³². */
  seq: number;
  ack: number;
  flags: number;
  options?: Uint8Array;
  payload?: Uint8Array;
  /** Of IPv4. */
  id: number;
}

const EMPTY = new Uint8Array(0);

/** An IP packet (IPv4 or IPv6, by its addresses) with a TCP segment (RFC 9293 §3.1) and right checksums. */
export function encodePacket(packet: Packet): Uint8Array {
  const segment = encodeSegment(packet);
  return Buffer.concat([ipHeader(packet, segment.length), segment]);
}

function encodeSegment({
  source,
  dest,
  sourcePort,
  destPort,
  seq,
  ack,
  flags,
  options = EMPTY,
  payload = EMPTY,
}: Packet): Uint8Array {
  const header = Buffer.alloc(20 + options.length);
  header.writeUInt16BE(sourcePort, 0);
  header.writeUInt16BE(destPort, 2);
  header.writeUInt32BE(seq >>> 0, 4);
  header.writeUInt32BE(ack >>> 0, 8);
  header.writeUInt8((header.length / 4) << 4, 12);
  header.writeUInt8(flags, 13);
  header.writeUInt16BE(0xffff, 14);
  header.set(options, 20);
  const segment = Buffer.concat([header, payload]);
  // Wide enough for both families: zeroes count nothing.
  const pseudo = Buffer.alloc(8);
  pseudo.writeUInt32BE(segment.length, 0);
  pseudo.writeUInt8(TCP, 7);
  segment.writeUInt16BE(checksum(source, dest, pseudo, segment), 16);
  return segment;
}

function ipHeader({ source, dest, id }: Packet, length: number): Uint8Array {
  if (source.length === 16) {
    const header = Buffer.alloc(40);
    header.writeUInt8(0x60, 0);
    header.writeUInt16BE(length, 4);
    header.writeUInt8(TCP, 6);
    header.writeUInt8(TTL, 7);
    header.set(source, 8);
    header.set(dest, 24);
    return header;
  }
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + length, 2);
  header.writeUInt16BE(id & 0xffff, 4);
  // Don't fragment.
  header.writeUInt16BE(0x4000, 6);
  header.writeUInt8(TTL, 8);
  header.writeUInt8(TCP, 9);
  header.set(source, 12);
  header.set(dest, 16);
  header.writeUInt16BE(checksum(header), 10);
  return header;
}
