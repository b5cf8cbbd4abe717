/** What a server answered to a ClientHello, as far as it has come (RFC 5246 §7.4). */
export interface Flight {
  hello?: ServerHello;
  /** Bits of the prime of a finite-field key exchange, once that message has come. */
  dhBits?: number;
  /** Whether the server has said all that it says before the client does. */
  done: boolean;
  /** The alert by which it refused. */
  alert?: string;
  /** What came is no TLS. */
  foreign: boolean;
}

export interface ServerHello {
  /** 0x0303 for TLS 1.2. */
  version: number;
  suite: number;
  compression: number;
  /** Types of the extensions that it answered. */
  extensions: readonly number[];
}

const ALERT = 21;
const HANDSHAKE = 22;
const FATAL = 2;
const MOST = 65_536;

/** RFC 8446 §6.2. */
const ALERTS: Readonly<Record<number, string>> = {
  10: 'unexpected message',
  40: 'handshake failure',
  47: 'illegal parameter',
  50: 'decode error',
  70: 'protocol version',
  71: 'insufficient security',
  80: 'internal error',
  86: 'inappropriate fallback',
  112: 'unrecognized name',
  116: 'certificate required',
  120: 'no application protocol',
};

/** Reads the records that have come; lengths that lie end it. */
export function readFlight(bytes: Uint8Array): Flight {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MOST));
  const parts: Buffer[] = [];
  let alert: string | undefined;
  let at = 0;
  for (; at + 5 <= all.length; at += 5 + all.readUInt16BE(at + 3)) {
    const type = all[at]!;
    const body = all.subarray(at + 5, at + 5 + all.readUInt16BE(at + 3));
    if ((type !== ALERT && type !== HANDSHAKE) || all[at + 1] !== 3) return { done: false, foreign: true };
    if (type === HANDSHAKE) parts.push(body);
    // A warning (of an unknown name, for one) is no refusal.
    else if (body[0] === FATAL) alert ??= ALERTS[body[1] ?? 0] ?? `number ${body[1]}`;
  }
  const foreign = at === 0 && all.length > 0 && all[0] !== HANDSHAKE && all[0] !== ALERT;
  return { ...readMessages(Buffer.concat(parts)), foreign, ...(alert !== undefined && { alert }) };
}

function readMessages(bytes: Buffer): Pick<Flight, 'hello' | 'dhBits' | 'done'> {
  const found: Pick<Flight, 'hello' | 'dhBits' | 'done'> = { done: false };
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUIntBE(at + 1, 3);
    if (end > bytes.length) break;
    const body = bytes.subarray(at + 4, end);
    const type = bytes[at];
    try {
      if (type === 2) found.hello = readHello(body);
      if (type === 12 && body.readUInt16BE(0) > 32)
        found.dhBits = bitsOf(body.subarray(2, 2 + body.readUInt16BE(0)));
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault;
      return found;
    }
    if (type === 14) found.done = true;
    at = end;
  }
  return found;
}

/** RFC 5246 §7.4.1.3. */
function readHello(body: Buffer): ServerHello {
  const version = body.readUInt16BE(0);
  let at = 35 + body.readUInt8(34);
  const suite = body.readUInt16BE(at);
  const compression = body.readUInt8(at + 2);
  const extensions: number[] = [];
  for (at += 5; at + 4 <= body.length; at += 4 + body.readUInt16BE(at + 2))
    extensions.push(body.readUInt16BE(at));
  return { version, suite, compression, extensions };
}

/** Of a number in octets, without its leading zeros. */
function bitsOf(number: Buffer): number {
  const first = number.findIndex((octet) => octet !== 0);
  return first < 0 ? 0 : (number.length - first) * 8 - Math.clz32(number[first]!) + 24;
}
