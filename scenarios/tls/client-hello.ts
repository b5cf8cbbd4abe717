import { randomBytes } from 'node:crypto';

export interface HelloOptions {
  /** For SNI (RFC 6066 §3), which has no addresses. */
  name?: string | undefined;
  /** Numbers of cipher suites, the preferred first. */
  suites: readonly number[];
  /** 0x0303 when absent: TLS 1.2. Of 0x0300 (SSL 3.0) there are no extensions. */
  version?: number;
  /** Numbers of compression methods; null (0) alone when absent. */
  compression?: readonly number[];
  /** Say that heartbeats may be sent (RFC 6520 §2). */
  heartbeat?: boolean;
}

const u8 = (value: number) => Buffer.from([value]);
const u16 = (...values: readonly number[]) =>
  Buffer.from(values.flatMap((value) => [value >> 8, value & 255]));
/** A vector behind its length. */
const vector = (octets: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = Buffer.alloc(octets);
  length.writeUIntBE(body.length, 0, octets);
  return Buffer.concat([length, body]);
};
const extension = (type: number, body: Uint8Array) => Buffer.concat([u16(type), vector(2, body)]);

/** x25519, secp256r1, secp384r1, secp521r1 (RFC 8422 §5.1.1). */
const GROUPS = [0x001d, 0x0017, 0x0018, 0x0019];
/** RSA-PSS, ECDSA, RSA and EdDSA, and what was before them with SHA-1 (RFC 8446 §4.2.3). */
const SIGNATURES = [
  0x0804, 0x0805, 0x0806, 0x0403, 0x0503, 0x0603, 0x0401, 0x0501, 0x0601, 0x0807, 0x0808, 0x0809, 0x080a,
  0x080b, 0x0203, 0x0201, 0x0202,
];

/**
 * A ClientHello in its record (RFC 5246 §7.4.1.2), that a client of TLS 1.2 and older sends: it can offer what the library
 * that this program runs on does not know any more. Nothing can follow it; the server's answer is what is wanted.
 */
export function clientHello({
  name,
  suites,
  version = 0x0303,
  compression = [0],
  heartbeat,
}: HelloOptions): Buffer {
  const extensions = [
    ...(name !== undefined ? [extension(0, vector(2, u8(0), vector(2, Buffer.from(name, 'latin1'))))] : []),
    extension(10, vector(2, u16(...GROUPS))),
    extension(11, vector(1, u8(0))),
    extension(13, vector(2, u16(...SIGNATURES))),
    extension(16, vector(2, vector(1, Buffer.from('http/1.1')))),
    ...(heartbeat ? [extension(15, u8(1))] : []),
    extension(23, Buffer.alloc(0)),
    // RFC 5746 §3.4
    extension(0xff01, u8(0)),
  ];
  const hello = Buffer.concat([
    u16(version),
    randomBytes(32),
    vector(1),
    vector(2, u16(...suites)),
    vector(1, Uint8Array.from(compression)),
    ...(version > 0x0300 ? [vector(2, ...extensions)] : []),
  ]);
  const message = Buffer.concat([u8(1), vector(3, hello)]);
  // RFC 5246 appendix E.1: the version of the first record says nothing.
  return Buffer.concat([u8(22), u16(Math.min(version, 0x0301)), vector(2, message)]);
}
