import type { ClientHello } from './crossing.js';
import type { Stream } from './stream.js';

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const ALPN = 16;
const MOST_HELLO = 16_384;

/** Whether a TLS record of a handshake begins there (RFC 8446 §5.1). */
export function looksLikeTls(bytes: Uint8Array): boolean {
  return bytes[0] === HANDSHAKE && bytes[1] === 3 && (bytes[2] ?? 9) <= 4;
}

/** The ClientHello at `start` (RFC 8446 §4.1.2), whose records may cut it anywhere; undefined when it is not whole. */
export function readClientHello(stream: Stream, start: number): ClientHello | undefined {
  const bytes = stream.from(start);
  const parts: Uint8Array[] = [];
  let gathered = 0;
  let at = 0;
  let needed = 4;
  while (gathered < needed) {
    if (bytes[at] !== HANDSHAKE || at + 5 > bytes.length) return undefined;
    const part = bytes.subarray(at + 5, at + 5 + ((bytes[at + 3]! << 8) | bytes[at + 4]!));
    at += 5 + part.length;
    if (part.length === 0) return undefined;
    parts.push(part);
    gathered += part.length;
    const first = Buffer.concat(parts).subarray(0, 4);
    if (first.length === 4) needed = 4 + first.readUIntBE(1, 3);
    if (needed > MOST_HELLO) return undefined;
  }
  const hello = Buffer.concat(parts).subarray(0, needed);
  if (hello[0] !== CLIENT_HELLO) return undefined;
  try {
    return { ...stream.span(start, start + at), ...readBody(hello) };
  } catch (fault) {
    // Lengths that lead out of the message.
    if (fault instanceof RangeError) return undefined;
    throw fault;
  }
}

function readBody(hello: Buffer): Pick<ClientHello, 'sni' | 'alpn' | 'random'> {
  let at = 4 + 2;
  const random = hello.subarray(at, at + 32).toString('hex');
  at += 32;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  let sni: string | undefined;
  const alpn: string[] = [];
  if (at === hello.length) return { alpn, random };
  const end = Math.min(at + 2 + hello.readUInt16BE(at), hello.length);
  at += 2;
  while (at + 4 <= end) {
    const type = hello.readUInt16BE(at);
    const length = hello.readUInt16BE(at + 2);
    const value = hello.subarray(at + 4, at + 4 + length);
    // A list of names, of which only host names (type 0) were ever defined (RFC 6066 §3).
    if (type === SERVER_NAME && value.length > 5)
      sni = value.toString('latin1', 5, 5 + value.readUInt16BE(3));
    if (type === ALPN) {
      for (let name = 2; name < value.length; name += 1 + value[name]!) {
        alpn.push(value.toString('latin1', name + 1, name + 1 + value[name]!));
      }
    }
    at += 4 + length;
  }
  return { ...(sni !== undefined && { sni }), alpn, random };
}
