import type { Peer } from '../../harness/model.js';

/** The frame types and settings of RFC 9113 §6 and RFC 8441 §3 that are needed here. */
const [HEADERS, RST_STREAM, SETTINGS, GOAWAY, CONTINUATION] = [1, 3, 4, 7, 9] as const;
const ENABLE_CONNECT_PROTOCOL = 8;
const ACK = 1;
const END_HEADERS = 4;
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const MOST_FRAME = 16_384;
/** Of all that a server says before it comes to the point. */
const MOST = 262_144;

interface Frame {
  type: number;
  flags: number;
  stream: number;
  payload: Buffer;
}

const frame = (
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = new Uint8Array(0),
): Buffer => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};

/** Those that have come whole; one that is longer than any may be ends it. */
function framesIn(bytes: Uint8Array): Frame[] {
  const all = Buffer.from(bytes);
  const frames: Frame[] = [];
  for (let at = 0; at + 9 <= all.length; ) {
    const length = all.readUIntBE(at, 3);
    if (length > MOST_FRAME || at + 9 + length > all.length) break;
    const payload = all.subarray(at + 9, at + 9 + length);
    frames.push({
      type: all[at + 3]!,
      flags: all[at + 4]!,
      stream: all.readUInt32BE(at + 5) & 0x7fffffff,
      payload,
    });
    at += 9 + length;
  }
  return frames;
}

async function until(
  peer: Peer,
  withinMs: number,
  fits: (frame: Frame) => boolean,
): Promise<Frame | undefined> {
  const deadline = performance.now() + withinMs;
  for (
    let bytes = peer.received();
    ;
    bytes = await peer.octets(bytes.length + 1, deadline - performance.now())
  ) {
    const found = framesIn(bytes).find(fits);
    if (found || !peer.open || bytes.length >= MOST || performance.now() >= deadline) return found;
  }
}

/** Begins HTTP/2 (RFC 9113 §3.4) and tells whether the server announces WebSocket over it; undefined without its SETTINGS. */
export async function announces(peer: Peer, withinMs: number): Promise<boolean | undefined> {
  peer.send(Buffer.concat([PREFACE, frame(SETTINGS, 0, 0)]));
  const settings = await until(peer, withinMs, ({ type, flags }) => type === SETTINGS && !(flags & ACK));
  if (!settings) return undefined;
  peer.send(frame(SETTINGS, ACK, 0));
  const { payload } = settings;
  for (let at = 0; at + 6 <= payload.length; at += 6) {
    if (payload.readUInt16BE(at) === ENABLE_CONNECT_PROTOCOL) return payload.readUInt32BE(at + 2) === 1;
  }
  return false;
}

/** Asks for a WebSocket by an extended CONNECT (RFC 8441 §4): what came of it, in words; `200` where it is open. */
export async function openByConnect(
  peer: Peer,
  fields: readonly (readonly [name: string, value: string])[],
  withinMs: number,
): Promise<string | undefined> {
  peer.send(frame(HEADERS, END_HEADERS, 1, Buffer.concat(fields.map(literal))));
  const answer = await until(
    peer,
    withinMs,
    ({ type, stream }) => (stream === 1 && type !== CONTINUATION) || type === GOAWAY,
  );
  if (!answer) return peer.open ? undefined : 'the connection was closed';
  const { type, flags, payload } = answer;
  if (type === RST_STREAM)
    return `RST_STREAM with error ${payload.length >= 4 ? payload.readUInt32BE(0) : '?'}`;
  if (type === GOAWAY) return 'GOAWAY';
  if (type !== HEADERS) return `a frame of type ${type}`;
  // Padding and priority stand before the fields (RFC 9113 §6.2).
  return statusIn(payload.subarray((flags & 8 ? 1 : 0) + (flags & 32 ? 5 : 0)));
}

/** A literal without indexing, its name new (RFC 7541 §6.2.2), its texts as they are. */
const literal = ([name, value]: readonly [string, string]): Buffer =>
  Buffer.concat([Buffer.from([0]), text(name.toLowerCase()), text(value)]);

function text(value: string): Buffer {
  const octets = Buffer.from(value, 'latin1');
  return Buffer.concat([length(octets.length), octets]);
}

/** An integer with a prefix of 7 bits (RFC 7541 §5.1). */
function length(value: number): Buffer {
  if (value < 127) return Buffer.from([value]);
  const octets = [127];
  let rest = value - 127;
  for (; rest >= 128; rest = Math.floor(rest / 128)) octets.push((rest % 128) + 128);
  return Buffer.from([...octets, rest]);
}

/** Of the static table (RFC 7541 appendix A), entries 8 to 14. */
const STATUSES = ['200', '204', '206', '304', '400', '404', '500'];

/** The status is the first field of an answer; of one that is not in the table, that it is another. */
function statusIn(block: Buffer): string {
  let at = 0;
  // Updates of the table's size (RFC 7541 §6.3).
  while ((block[at]! & 0xe0) === 0x20) at += 1 + (block[at]! === 0x3f ? 1 : 0);
  const first = block[at] ?? 0;
  if (first & 0x80) return STATUSES[(first & 0x7f) - 8] ?? 'an answer without a status';
  const value = block.subarray(at + 2, at + 2 + (block[at + 1]! & 0x7f));
  const plain = !(block[at + 1]! & 0x80) && /^\d{3}$/.test(value.toString('latin1'));
  return plain ? value.toString('latin1') : 'another status than 200';
}
