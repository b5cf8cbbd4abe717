import { type Frame, FrameDecoder, ProtocolFault, parseResponse, xor } from '../protocol/index.js';
import type { FrameSeen, Talk } from './crossing.js';
import { headAt } from './exchanges.js';
import type { Stream } from './stream.js';

const MOST_FRAMES = 4096;
const MANY = 'there are too many frames';
/** Decoded at a time, so that no more is decoded than the bound lets stand. */
const SLICE = 16_384;

/** The frames from `start` on; a hole in what was kept is crossed where it lies inside of one frame. */
export function readFrames(stream: Stream, start: number): Pick<Talk, 'frames' | 'unread'> {
  const frames: FrameSeen[] = [];
  let at = start;
  while (at < stream.length) {
    if (frames.length >= MOST_FRAMES) return { frames, unread: { from: at, why: MANY } };
    const bytes = stream.from(at);
    if (bytes.length === 0) return { frames, unread: { from: at, why: 'the octets were not kept' } };
    const { position, fault } = readRun(stream, at, bytes, frames);
    const first = frames.findIndex((frame) => frame.offset >= at && looksLikeHttp(frame));
    const answer = first < 0 ? undefined : headAt(stream, frames[first]!.offset, parseResponse);
    if (answer) {
      frames.splice(first);
      const { head, at: from, end } = answer;
      const why = 'an HTTP answer stands there';
      return { frames, unread: { from, why, answer: { ...stream.span(from, end), head } } };
    }
    const excess = frames.splice(MOST_FRAMES)[0];
    if (excess) return { frames, unread: { from: excess.offset, why: MANY } };
    if (fault) return { frames, unread: { from: position, why: fault } };
    at = position;
    if (frames.length >= MOST_FRAMES || at >= stream.length) continue;
    const unfinished = readStart(stream.from(at), at, stream);
    if (!unfinished) return { frames, unread: { from: at, why: 'a frame is not whole' } };
    frames.push(unfinished);
    at += unfinished.size;
  }
  return { frames };
}

/** As a frame, `HT` is half of a compressed Close: no peer means that. */
const looksLikeHttp = ({ fin, rsv, opcode, mask, length }: FrameSeen) =>
  !fin && rsv === 4 && opcode === 8 && !mask && length === 0x54;

/** The whole frames of a stretch. */
function readRun(
  stream: Stream,
  start: number,
  bytes: Uint8Array,
  frames: FrameSeen[],
): { position: number; fault?: string } {
  const decoder = new FrameDecoder({ maxPayload: Number.MAX_SAFE_INTEGER });
  const take = (found: readonly Frame[]) => {
    for (const { at, size, payload, fin, rsv, opcode, mask, lengthForm } of found) {
      const span = stream.span(start + at, start + at + size);
      const header = { fin, rsv, opcode, ...(mask && { mask }), length: payload.length, lengthForm };
      frames.push({ ...span, ...header, payload, whole: true });
    }
  };
  for (let from = 0; from < bytes.length && frames.length < MOST_FRAMES; from += SLICE) {
    try {
      take(decoder.push(bytes.subarray(from, from + SLICE)));
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      take(fault.frames);
      return { position: start + fault.at, fault: fault.message };
    }
  }
  return { position: start + decoder.position - decoder.held };
}

/** A frame that is not all there (RFC 6455 §5.2): cut off, or crossing a hole. */
function readStart(bytes: Uint8Array, at: number, stream: Stream): FrameSeen | undefined {
  if (bytes.length < 2) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const short = bytes[1]! & 0x7f;
  const lengthForm = short === 127 ? 64 : short === 126 ? 16 : 7;
  const masked = bytes[1]! >= 0x80;
  const maskAt = short === 127 ? 10 : short === 126 ? 4 : 2;
  const header = maskAt + (masked ? 4 : 0);
  if (bytes.length < header) return undefined;
  const length =
    lengthForm === 64 ? Number(view.getBigUint64(2)) : lengthForm === 16 ? view.getUint16(2) : short;
  const mask = masked ? bytes.slice(maskAt, header) : undefined;
  const kept = bytes.subarray(header, header + length);
  const end = at + header + length;
  return {
    ...stream.span(at, end),
    fin: bytes[0]! >= 0x80,
    rsv: (bytes[0]! >> 4) & 7,
    opcode: bytes[0]! & 15,
    ...(mask && { mask }),
    length,
    lengthForm,
    payload: mask ? xor(kept, mask) : kept,
    whole: end <= stream.length,
  };
}
