import { ProtocolFault } from './fault.js';
import { Gather } from './gather.js';
import { xor, xorInto } from './mask.js';

/** A frame as it came (RFC 6455 §5.2), whatever it means. */
export interface Frame {
  fin: boolean;
  /** 0..7; RSV1 = 4. */
  rsv: number;
  opcode: number;
  /** The masking key; absent on an unmasked frame. */
  mask?: Uint8Array;
  /** Unmasked. Of an unmasked frame that came in one chunk it is a view of that chunk. */
  payload: Uint8Array;
  /** Offset in the stream of the frame's first octet. */
  at: number;
  /** Octets on the wire, header included. */
  size: number;
  /** Which form of the length field was used, in bits. */
  lengthForm: 7 | 16 | 64;
}

const LONGEST_HEADER = 14;
const UNKNOWN = Number.POSITIVE_INFINITY;
/** Room made for a payload that comes in pieces before it has come; more only as it comes. */
const AHEAD = 1024 * 1024;
const EMPTY = new Uint8Array(0);

/**
 * Octets in, frames out, however the octets are cut. It takes any opcode, RSV bits and masking, and any form of
 * length: what is allowed is for `Messages` to say. It holds at most one header and `maxPayload` octets.
 */
export class FrameDecoder {
  readonly maxPayload: number;
  #position = 0;
  /** A header that comes in pieces. */
  readonly #header = new Uint8Array(LONGEST_HEADER);
  #headerLength = 0;
  /** The frame whose payload is awaited, how much of it is still to come, and what has come in pieces. */
  #frame: Frame | undefined;
  #missing = 0;
  #pieces: Gather | undefined;
  #fault: ProtocolFault | undefined;

  /** @param options.maxPayload the longest payload to take, in octets; 16 MiB when absent */
  constructor({ maxPayload = 16 * 1024 * 1024 }: { maxPayload?: number } = {}) {
    if (!Number.isSafeInteger(maxPayload) || maxPayload < 0) {
      throw new RangeError(`maxPayload is a whole number of octets, not ${maxPayload}.`);
    }
    this.maxPayload = maxPayload;
  }

  /** Octets taken so far. A frame that is not whole yet began at `position - held`. */
  get position(): number {
    return this.#position;
  }

  /** Octets of the frame that is not whole yet. */
  get held(): number {
    return this.#frame ? this.#frame.size - this.#missing : this.#headerLength;
  }

  /**
   * The frames that `chunk` completes, in order. The chunk must not be written to afterwards.
   * @throws ProtocolFault as soon as a header is whole that declares a 64-bit length with its top bit set (1002) or
   *   more than `maxPayload` (1009). Frames that the chunk completed before it are in the fault's `frames`. Nothing
   *   can be decoded after it: every later push throws the same fault, without frames.
   */
  push(chunk: Uint8Array): Frame[] {
    if (this.#fault) throw new ProtocolFault(this.#fault.code, this.#fault.message, this.#fault.at);
    const frames: Frame[] = [];
    let at = 0;
    try {
      while (at < chunk.length) {
        if (!this.#frame) at += this.#takeHeader(chunk, at);
        if (!this.#frame) break;
        at += this.#takePayload(this.#frame, chunk, at);
        if (this.#missing > 0) break;
        frames.push(this.#frame);
        this.#frame = undefined;
      }
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      this.#fault = fault;
      throw new ProtocolFault(fault.code, fault.message, fault.at, frames);
    }
    return frames;
  }

  /** How many octets of `chunk` belong to the header; `#frame` is there once it is whole. */
  #takeHeader(chunk: Uint8Array, start: number): number {
    let taken = 0;
    let header = chunk;
    let from = start;
    let size = this.#headerLength === 0 ? headerSize(chunk, start, chunk.length - start) : UNKNOWN;
    if (start + size <= chunk.length) {
      taken = size;
    } else {
      header = this.#header;
      from = 0;
      do {
        header[this.#headerLength++] = chunk[start + taken++]!;
        size = headerSize(header, 0, this.#headerLength);
      } while (this.#headerLength < size && start + taken < chunk.length);
    }
    this.#position += taken;
    if (header === this.#header && this.#headerLength < size) return taken;

    const at = this.#position - size;
    this.#frame = readHeader(header, from, size, at, this.maxPayload);
    this.#missing = this.#frame.size - size;
    this.#headerLength = 0;
    return taken;
  }

  /** How many octets of `chunk` belong to the payload; nothing is missing once it is whole. */
  #takePayload(frame: Frame, chunk: Uint8Array, start: number): number {
    const taken = Math.min(this.#missing, chunk.length - start);
    const whole = taken === this.#missing;
    if (taken > 0) {
      const piece = new Uint8Array(chunk.buffer, chunk.byteOffset + start, taken);
      if (whole && !this.#pieces) {
        frame.payload = frame.mask ? xor(piece, frame.mask) : piece;
      } else {
        this.#pieces ??= new Gather(this.#missing, Math.min(this.#missing, AHEAD));
        const { bytes, from } = this.#pieces.room(taken);
        if (frame.mask) xorInto(bytes, from, piece, frame.mask, 0, from);
        else bytes.set(piece, from);
        if (whole) {
          frame.payload = this.#pieces.octets;
          this.#pieces = undefined;
        }
      }
    }
    this.#missing -= taken;
    this.#position += taken;
    return taken;
  }
}

/** How long the header at `from` is, of which `known` octets are there. */
function headerSize(bytes: Uint8Array, from: number, known: number): number {
  if (known < 2) return UNKNOWN;
  const second = bytes[from + 1]!;
  const length = second & 0x7f;
  return (length === 127 ? 10 : length === 126 ? 4 : 2) + (second & 0x80 ? 4 : 0);
}

/** @param at offset in the stream of the header's first octet */
function readHeader(bytes: Uint8Array, from: number, size: number, at: number, maxPayload: number): Frame {
  const first = bytes[from]!;
  const second = bytes[from + 1]!;
  let length = second & 0x7f;
  let lengthForm: Frame['lengthForm'] = 7;
  if (length === 126) {
    lengthForm = 16;
    length = (bytes[from + 2]! << 8) | bytes[from + 3]!;
  } else if (length === 127) {
    lengthForm = 64;
    length = readLength64(bytes, from + 2, at, maxPayload);
  }
  if (length > maxPayload) throw tooLong(length, at, maxPayload);
  const fin = (first & 0x80) !== 0;
  const rsv = (first >> 4) & 7;
  const opcode = first & 0x0f;
  size += length;
  if (!(second & 0x80)) return { fin, rsv, opcode, payload: EMPTY, at, size, lengthForm };
  const mask = new Uint8Array(4);
  for (let i = 0; i < 4; i++) mask[i] = bytes[from + size - length - 4 + i]!;
  return { fin, rsv, opcode, mask, payload: EMPTY, at, size, lengthForm };
}

function readLength64(bytes: Uint8Array, from: number, at: number, maxPayload: number): number {
  const length = new DataView(bytes.buffer, bytes.byteOffset + from, 8).getBigUint64(0);
  if (length >> 63n) {
    throw new ProtocolFault(
      1002,
      `The frame at octet ${at} has a 64-bit length with its top bit set (${length}).`,
      at,
    );
  }
  if (length > BigInt(maxPayload)) throw tooLong(length, at, maxPayload);
  return Number(length);
}

function tooLong(length: number | bigint, at: number, maxPayload: number): ProtocolFault {
  return new ProtocolFault(
    1009,
    `The frame at octet ${at} declares ${length} octets of payload, more than the ${maxPayload} that are taken.`,
    at,
  );
}
