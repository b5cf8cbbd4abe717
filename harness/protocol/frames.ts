import { randomFillSync } from 'node:crypto';
import { allocate } from './allocate.js';
import { xorInto } from './mask.js';

export { xor } from './mask.js';

/** RFC 6455 §5.2. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
export type OpcodeName = keyof typeof OPCODE;

/** One frame to build, legal or not. Only `opcode` is needed: the rest defaults to what is legal from a server. */
export interface FrameSpec {
  /** 0..15, or a name. */
  opcode: number | OpcodeName;
  /** A string is sent as UTF-8. Empty when absent. */
  payload?: string | Uint8Array;
  /** True when absent. */
  fin?: boolean;
  /** 0..7; RSV1 = 4, RSV2 = 2, RSV3 = 1. */
  rsv?: number;
  /** Four octets, or true for a fresh random key. Unmasked when absent. */
  mask?: Uint8Array | true;
  /** Form of the length field in bits; the shortest that fits when absent. */
  length?: 7 | 16 | 64;
  /** What the length field says instead of the truth. */
  declared?: number | bigint;
  /** Only so many octets of the encoding. */
  keep?: number;
}

const EMPTY = new Uint8Array(0);
const LARGEST = { 7: 0x7fn, 16: 0xffffn, 64: 0xffff_ffff_ffff_ffffn } as const;

/**
 * The octets of a frame (RFC 6455 §5.2).
 * @throws RangeError where a value does not fit its field: only what cannot be put into octets is refused
 */
export function frame(spec: FrameSpec): Uint8Array {
  const { opcode, payload, rsv = 0 } = spec;
  const code = typeof opcode === 'string' ? OPCODE[opcode] : opcode;
  if (!(code >= 0 && code <= 15 && Number.isInteger(code))) {
    throw new RangeError(`A frame's opcode is 0 to 15 or a known name, not ${String(opcode)}.`);
  }
  if (!(rsv >= 0 && rsv <= 7 && Number.isInteger(rsv))) {
    throw new RangeError(`A frame's rsv is 0 to 7, not ${rsv}.`);
  }
  const body = payload === undefined ? EMPTY : typeof payload === 'string' ? Buffer.from(payload) : payload;
  const { mask } = spec;
  if (mask && mask !== true && mask.length !== 4) {
    throw new RangeError(`A masking key has 4 octets, not ${mask.length}.`);
  }

  const declared = spec.declared ?? body.length;
  const form = spec.length ?? (declared > 0xffff ? 64 : declared > 125 ? 16 : 7);
  if (declared < 0 || declared > LARGEST[form] || (typeof declared === 'number' && declared % 1 !== 0)) {
    throw new RangeError(`A length of ${declared} does not fit the ${form}-bit form.`);
  }

  const lengthEnd = form === 7 ? 2 : form === 16 ? 4 : 10;
  const start = mask ? lengthEnd + 4 : lengthEnd;
  const bytes = allocate(start + body.length);
  bytes[0] = (spec.fin === false ? 0 : 0x80) | (rsv << 4) | code;
  const masked = mask ? 0x80 : 0;
  if (form === 7) {
    bytes[1] = masked | Number(declared);
  } else if (form === 16) {
    bytes[1] = masked | 126;
    bytes[2] = Number(declared) >> 8;
    bytes[3] = Number(declared) & 0xff;
  } else {
    bytes[1] = masked | 127;
    new DataView(bytes.buffer, bytes.byteOffset + 2, 8).setBigUint64(0, BigInt(declared));
  }
  if (!mask) {
    bytes.set(body, start);
  } else {
    const key = mask === true ? freshPool() : mask;
    const keyAt = mask === true ? drawn : 0;
    for (let i = 0; i < 4; i++) bytes[lengthEnd + i] = key[keyAt + i]!;
    xorInto(bytes, start, body, key, keyAt);
  }
  return spec.keep === undefined ? bytes : bytes.subarray(0, spec.keep);
}

/** `text`, `close`, `reserved 3`, `reserved 11`. */
export function opcodeName(opcode: number): string {
  for (const [name, code] of Object.entries(OPCODE)) if (code === opcode) return name;
  return `reserved ${opcode}`;
}

const pool = new Uint8Array(4096);
let drawn = pool.length;

/** Random octets, of which the four at `drawn` were not used before (RFC 6455 §10.3); a page is drawn at a time. */
function freshPool(): Uint8Array {
  drawn += 4;
  if (drawn >= pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  return pool;
}
