/** Block types of pcapng (draft-ietf-opsawg-pcapng §4), little-endian. */
const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const PACKET = 6;
const SECRETS = 10;
const BYTE_ORDER = 0x1a2b3c4d;
/** `TLSK`: an NSS key log. */
const TLS_KEY_LOG = 0x544c534b;
/** LINKTYPE_RAW: packets begin with their IP header. */
const RAW_IP = 101;
const MOST_TEXT = 4096;

type Option = readonly [code: number, value: string | Uint8Array];
const OPTION = { comment: 1, name: 2, description: 3, resolution: 9, application: 4 } as const;

export function sectionBlock(application: string, comment?: string): Uint8Array {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(BYTE_ORDER, 0);
  body.writeUInt16LE(1, 4);
  // Length not said.
  body.writeBigInt64LE(-1n, 8);
  return block(SECTION, body, [
    ...(comment ? [[OPTION.comment, comment] as const] : []),
    [OPTION.application, application],
  ]);
}

export function interfaceBlock(name: string, comment?: string): Uint8Array {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(RAW_IP, 0);
  return block(INTERFACE, body, [
    ...(comment ? [[OPTION.comment, comment] as const] : []),
    [OPTION.name, name],
    // Nanoseconds.
    [OPTION.resolution, Uint8Array.of(9)],
  ]);
}

/** Must stand before the packets that it opens. */
export function secretsBlock(keyLog: string): Uint8Array {
  const data = Buffer.from(keyLog);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(TLS_KEY_LOG, 0);
  head.writeUInt32LE(data.length, 4);
  return block(SECRETS, Buffer.concat([head, padded(data)]), []);
}

/** @param nanoseconds since the Unix epoch */
export function packetBlock(
  index: number,
  nanoseconds: bigint,
  packet: Uint8Array,
  comment?: string,
): Uint8Array {
  const head = Buffer.alloc(20);
  head.writeUInt32LE(index, 0);
  head.writeUInt32LE(Number(nanoseconds >> 32n), 4);
  head.writeUInt32LE(Number(nanoseconds & 0xffff_ffffn), 8);
  head.writeUInt32LE(packet.length, 12);
  head.writeUInt32LE(packet.length, 16);
  const options = comment ? [[OPTION.comment, comment] as const] : [];
  return block(PACKET, Buffer.concat([head, padded(packet)]), options);
}

function block(type: number, body: Uint8Array, options: readonly Option[]): Uint8Array {
  const parts = options.map(optionOf);
  if (parts.length > 0) parts.push(Buffer.alloc(4));
  const length = 12 + body.length + parts.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(length, 4);
  return Buffer.concat([head, body, ...parts, head.subarray(4)]);
}

function optionOf([code, value]: Option): Buffer {
  const data = typeof value === 'string' ? Buffer.from(value.slice(0, MOST_TEXT)) : value;
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, padded(data)]);
}

/** To a multiple of four octets. */
function padded(data: Uint8Array): Uint8Array {
  return Buffer.concat([data, new Uint8Array(-data.length & 3)]);
}
