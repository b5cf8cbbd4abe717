import { isUtf8 } from 'node:buffer';
import { readClose } from './close.js';
import type { Frame } from './decoder.js';
import { ProtocolFault } from './fault.js';
import { OPCODE, opcodeName } from './frames.js';
import { Gather } from './gather.js';
import { Utf8Validator } from './utf8.js';

/** A rule that a careless receiver does not keep. */
export type Tolerance =
  /** RFC 6455 §5.1: a server takes unmasked frames. */
  | 'unmasked'
  /** RFC 6455 §5.1: a client takes masked frames. */
  | 'masked'
  /** RFC 6455 §5.2: RSV bits that nobody agreed on are ignored. */
  | 'rsv'
  /** RFC 6455 §5.2: the same of continuations and control frames alone. */
  | 'rsv-later'
  /** RFC 6455 §5.2: frames of reserved opcodes are ignored. */
  | 'opcode'
  /** RFC 6455 §5.2: lengths need not be in their shortest form. */
  | 'length-form'
  /** RFC 6455 §5.4, §5.5: a stray continuation begins a binary message, a new message drops the open one, control frames need no FIN. */
  | 'fragmentation'
  /** RFC 6455 §5.5: control frames may be longer than 125 octets. */
  | 'control-length'
  /** RFC 6455 §7.4: any close code, and half of one. */
  | 'close-code'
  /** RFC 6455 §8.1: text and close reasons need not be UTF-8. */
  | 'utf8'
  /** RFC 6455 §5.5.1: what comes after a Close frame is taken as well. */
  | 'after-close';

/** Octets as they were sent, for each kind; of text too, where `Buffer.from(data).toString()` gives the string. */
export interface Message {
  kind: 'text' | 'binary' | 'ping' | 'pong' | 'close';
  data: Uint8Array;
  /** Of a Close frame, where it has one. */
  code?: number;
  reason?: string;
}

/** Undoes permessage-deflate for one message. Throws ProtocolFault: 1007 when corrupt, 1009 past `max` octets. */
export interface Decompressor {
  inflate(payload: Uint8Array, max: number): Uint8Array;
}

export interface MessagesOptions {
  /** Who is receiving. */
  role: 'server' | 'client';
  /** The longest message to take, in octets after decompression; 16 MiB when absent. */
  maxMessage?: number;
  /** Present when permessage-deflate was agreed on. */
  deflate?: Decompressor;
  tolerate?: ReadonlySet<Tolerance>;
}

const RSV1 = 4;

/**
 * Frames in, messages out, by the rules of RFC 6455 §5 to §8. Text is judged fragment by fragment, so bad UTF-8 is
 * found as soon as it comes. After a Close frame everything is ignored (§5.5.1).
 */
export class Messages {
  readonly #role: 'server' | 'client';
  readonly #maxMessage: number;
  readonly #deflate: Decompressor | undefined;
  readonly #tolerate: ReadonlySet<Tolerance>;
  #open:
    | { kind: 'text' | 'binary'; compressed: boolean; parts: Gather; utf8: Utf8Validator | undefined }
    | undefined;
  #closed = false;

  constructor({ role, maxMessage = 16 * 1024 * 1024, deflate, tolerate = new Set() }: MessagesOptions) {
    this.#role = role;
    this.#maxMessage = maxMessage;
    this.#deflate = deflate;
    this.#tolerate = tolerate;
  }

  /** Octets of a message that is not whole yet. */
  get held(): number {
    return this.#open?.parts.length ?? 0;
  }

  /**
   * The message that the frame completes, if any.
   * @throws ProtocolFault with the code to close with (1002, 1007 or 1009) and the frame's offset
   */
  accept(frame: Frame): Message | undefined {
    if (this.#closed && !this.#allows('after-close')) return undefined;
    this.#checkHeader(frame);
    try {
      return frame.opcode & 8 ? this.#control(frame) : this.#data(frame);
    } catch (fault) {
      // Readers of a payload alone do not know where in the stream it lay.
      if (fault instanceof ProtocolFault) throw new ProtocolFault(fault.code, fault.message, frame.at);
      throw fault;
    }
  }

  #allows(rule: Tolerance): boolean {
    return this.#tolerate.has(rule);
  }

  #checkHeader(frame: Frame): void {
    const { opcode, rsv } = frame;
    if (this.#role === 'server') {
      if (!frame.mask && !this.#allows('unmasked')) throw wrong(frame, 'is not masked');
    } else if (frame.mask && !this.#allows('masked')) {
      throw wrong(frame, 'is masked');
    }
    const begins = opcode === OPCODE.text || opcode === OPCODE.binary;
    const tolerated = this.#allows('rsv') || (!begins && this.#allows('rsv-later'));
    if (rsv !== 0 && !(rsv === RSV1 && this.#deflate && begins) && !tolerated) {
      throw wrong(frame, `has the RSV bits ${rsv}`);
    }
    if ((opcode & 7) > 2 && !this.#allows('opcode')) throw wrong(frame, 'has an opcode without a meaning');
    if (!isShortest(frame) && !this.#allows('length-form')) {
      throw wrong(frame, 'has a length that is not in its shortest form');
    }
    if (opcode & 8) {
      this.#checkControl(frame);
    } else if (!this.#allows('fragmentation')) {
      if (opcode === OPCODE.continuation && !this.#open) throw wrong(frame, 'continues nothing');
      if (begins && this.#open) throw wrong(frame, 'begins a message inside another');
    }
  }

  #checkControl(frame: Frame): void {
    const { fin, payload } = frame;
    if (!fin && !this.#allows('fragmentation'))
      throw wrong(frame, 'is a fragment, and control frames may not be');
    if (payload.length > 125 && !this.#allows('control-length')) {
      throw wrong(frame, `has ${payload.length} octets, and control frames may have 125`);
    }
  }

  #control(frame: Frame): Message | undefined {
    const data = frame.payload;
    if (frame.opcode === OPCODE.ping) return { kind: 'ping', data };
    if (frame.opcode === OPCODE.pong) return { kind: 'pong', data };
    if (frame.opcode !== OPCODE.close) return undefined;
    this.#closed = true;
    return { kind: 'close', data, ...this.#readClose(data) };
  }

  #readClose(payload: Uint8Array): { code?: number; reason?: string } {
    try {
      return readClose(payload);
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      if (!this.#allows(fault.code === 1007 ? 'utf8' : 'close-code')) throw fault;
      if (payload.length < 2) return {};
      return { code: (payload[0]! << 8) | payload[1]!, reason: Buffer.from(payload.subarray(2)).toString() };
    }
  }

  #data(frame: Frame): Message | undefined {
    if (frame.opcode > OPCODE.binary) return undefined;
    if (frame.opcode !== OPCODE.continuation) this.#open = undefined;
    const first = !this.#open;
    const kind = this.#open?.kind ?? (frame.opcode === OPCODE.text ? 'text' : 'binary');
    const compressed = this.#open?.compressed ?? (this.#deflate !== undefined && (frame.rsv & RSV1) !== 0);

    // Deflate adds a little to what does not compress (RFC 1951 §3.2.4), so its bound is a little wider.
    const bound = compressed ? this.#maxMessage + Math.floor(this.#maxMessage / 1024) + 64 : this.#maxMessage;
    const length = (this.#open?.parts.length ?? 0) + frame.payload.length;
    if (length > bound) throw this.#tooBig(length);

    if (first && frame.fin) return this.#finish(kind, compressed, frame.payload, undefined);

    const judged = kind === 'text' && !compressed && !this.#allows('utf8');
    this.#open ??= {
      kind,
      compressed,
      parts: new Gather(bound),
      utf8: judged ? new Utf8Validator() : undefined,
    };
    const { parts, utf8 } = this.#open;
    if (utf8 && !utf8.push(frame.payload)) throw notUtf8();
    parts.add(frame.payload);
    if (!frame.fin) return undefined;
    this.#open = undefined;
    return this.#finish(kind, compressed, parts.octets, utf8);
  }

  /** @param utf8 has seen all of the payload, if it is there */
  #finish(
    kind: 'text' | 'binary',
    compressed: boolean,
    payload: Uint8Array,
    utf8: Utf8Validator | undefined,
  ): Message {
    const data = compressed && this.#deflate ? this.#deflate.inflate(payload, this.#maxMessage) : payload;
    if (data.length > this.#maxMessage) throw this.#tooBig(data.length);
    if (kind === 'text' && !this.#allows('utf8') && !(utf8 ? utf8.done() : isUtf8(data))) throw notUtf8();
    return { kind, data };
  }

  #tooBig(length: number): ProtocolFault {
    return new ProtocolFault(
      1009,
      `A message has at least ${length} octets, more than the ${this.#maxMessage} that are taken.`,
    );
  }
}

function wrong(frame: Frame, why: string): ProtocolFault {
  return new ProtocolFault(
    1002,
    `The ${opcodeName(frame.opcode)} frame at octet ${frame.at} ${why}.`,
    frame.at,
  );
}

function notUtf8(): ProtocolFault {
  return new ProtocolFault(1007, 'A text message is not UTF-8.');
}

function isShortest({ lengthForm, payload }: Frame): boolean {
  return lengthForm === 7 || (lengthForm === 16 ? payload.length > 125 : payload.length > 65535);
}
