import { constants as bufferConstants } from 'node:buffer';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { ProtocolFault } from './fault.js';

/** What `Z_SYNC_FLUSH` ends with, and what a message is sent without (RFC 7692 §7.2.1). */
const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);
/** An empty last block: with it after the tail, only octets that stop at a block's end are a whole stream. */
const END = Uint8Array.of(0x01, 0x00, 0x00, 0xff, 0xff);
/** A message may have last blocks of its own (RFC 7692 §7.2.3.4), each of which starts zlib anew: nobody needs many. */
const MOST_LAST_BLOCKS = 256;

export interface WindowOptions {
  /** Size of the window in bits, 8..15; 15 when absent. */
  bits?: number;
  /** Whether a message may refer to those before it; true when absent. */
  takeover?: boolean;
}

/**
 * The end of what went before, which zlib is given as a dictionary: to a raw stream that is the same as having kept
 * its window, so every message is done at once and synchronously.
 */
class Window {
  readonly size: number;
  readonly #takeover: boolean;
  #octets: Uint8Array = new Uint8Array(0);

  constructor({ bits = 15, takeover = true }: WindowOptions) {
    if (!(bits >= 8 && bits <= 15 && Number.isInteger(bits))) {
      throw new RangeError(`A deflate window has 8 to 15 bits, not ${bits}.`);
    }
    this.size = 2 ** bits;
    this.#takeover = takeover;
  }

  get dictionary(): Uint8Array | undefined {
    return this.#octets.length > 0 ? this.#octets : undefined;
  }

  add(octets: Uint8Array): void {
    const kept = Math.max(0, this.size - octets.length);
    this.#octets = Buffer.concat([
      kept > 0 ? this.#octets.subarray(-kept) : this.#octets.subarray(0, 0),
      octets.subarray(-this.size),
    ]);
  }

  endMessage(): void {
    if (!this.#takeover) this.#octets = new Uint8Array(0);
  }
}

/** Compresses messages (RFC 7692 §7.2.1), one after another for one direction of one connection. */
export class Deflater {
  readonly #window: Window;
  readonly #options: { windowBits: number; level: number };

  constructor(options: WindowOptions & { level?: number } = {}) {
    const { bits = 15, level = constants.Z_DEFAULT_COMPRESSION } = options;
    this.#window = new Window(options);
    // zlib has no raw window of 8 bits. With 9 it looks back 512 - 262 = 250 octets at most, which 8 bits reach.
    this.#options = { windowBits: Math.max(bits, 9), level };
  }

  /** The payload of a message to send with RSV1. */
  deflate(message: Uint8Array): Uint8Array {
    const out = deflateRawSync(message, {
      ...this.#options,
      finishFlush: constants.Z_SYNC_FLUSH,
      dictionary: this.#window.dictionary,
    });
    this.#window.add(message);
    this.#window.endMessage();
    return out.subarray(0, out.length - TAIL.length);
  }
}

/** Decompresses messages (RFC 7692 §7.2.2), one after another for one direction of one connection. */
export class Inflater {
  readonly #window: Window;
  readonly #bits: number;

  constructor(options: WindowOptions = {}) {
    this.#window = new Window(options);
    this.#bits = options.bits ?? 15;
  }

  /**
   * The message that the payload holds. No more than `max` octets are ever made of it.
   * @throws ProtocolFault 1009 when it holds more than `max` octets, 1007 when it is not whole deflate blocks
   */
  inflate(payload: Uint8Array, max: number): Uint8Array {
    const parts: Uint8Array[] = [];
    let length = 0;
    let rest: Uint8Array = Buffer.concat([payload, TAIL, END]);
    for (let blocks = 0; rest.length > 0; blocks++) {
      if (blocks > MOST_LAST_BLOCKS) {
        throw new ProtocolFault(1009, `A compressed message has more than ${MOST_LAST_BLOCKS} last blocks.`);
      }
      const { octets, used } = this.#stream(rest, max, length);
      length += octets.length;
      if (length > max) throw tooBig(max);
      parts.push(octets);
      this.#window.add(octets);
      rest = rest.subarray(used);
    }
    this.#window.endMessage();
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  /** One stream, up to its last block. */
  #stream(bytes: Uint8Array, max: number, made: number): { octets: Uint8Array; used: number } {
    try {
      // With `info` the engine comes along, which tells how much of the input was used; the types do not know it.
      const { buffer, engine } = inflateRawSync(bytes, {
        info: true,
        windowBits: this.#bits,
        dictionary: this.#window.dictionary,
        maxOutputLength: Math.min(Math.max(max - made, 1), bufferConstants.MAX_LENGTH),
      }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
      return { octets: buffer, used: engine.bytesWritten };
    } catch (error) {
      if (error instanceof Error && 'code' in error) {
        if (error.code === 'ERR_BUFFER_TOO_LARGE') throw tooBig(max);
        if (error.code === 'Z_DATA_ERROR' || error.code === 'Z_BUF_ERROR') {
          throw new ProtocolFault(1007, `A compressed message is corrupt: ${error.message}.`);
        }
      }
      throw error;
    }
  }
}

function tooBig(max: number): ProtocolFault {
  return new ProtocolFault(1009, `A compressed message holds more than ${max} octets.`);
}
