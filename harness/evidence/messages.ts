import { Inflater, OPCODE, ProtocolFault, type WindowOptions } from '../protocol/index.js';
import type { FrameSeen, MessageSeen } from './crossing.js';

const MOST_INFLATED = 4 * 1024 * 1024;
const KINDS: Readonly<Record<number, MessageSeen['kind']>> = {
  [OPCODE.text]: 'text',
  [OPCODE.binary]: 'binary',
  [OPCODE.close]: 'close',
  [OPCODE.ping]: 'ping',
  [OPCODE.pong]: 'pong',
};

/**
 * The messages that the frames make, in the order of their first frames, whatever rules they break.
 * @param terms of compression in this direction, where it was agreed on (RFC 7692)
 */
export function gatherMessages(frames: readonly FrameSeen[], terms?: WindowOptions): MessageSeen[] {
  const inflater = terms && new Inflater(terms);
  const groups: FrameSeen[][] = [];
  let open: FrameSeen[] | undefined;
  for (const frame of frames) {
    if (frame.opcode === OPCODE.continuation && open) open.push(frame);
    else {
      const group = [frame];
      groups.push(group);
      if (frame.opcode < 8) open = group;
    }
    if (frame.opcode < 8 && frame.fin) open = undefined;
  }
  return groups.map((group) => toMessage(group, inflater));
}

function toMessage(frames: FrameSeen[], inflater: Inflater | undefined): MessageSeen {
  const first = frames[0]!;
  const last = frames.at(-1)!;
  const whole = last.whole && (last.fin || first.opcode >= 8);
  const raw = frames.length === 1 ? first.payload : Buffer.concat(frames.map(({ payload }) => payload));
  const compressed = (first.rsv & 4) !== 0 && first.opcode < 8;
  const kept = frames.every(({ length, payload }) => length === payload.length);
  const content = compressed && inflater && whole && kept ? inflate(inflater, raw) : undefined;
  const { way, offset, at } = first;
  return {
    way,
    offset,
    size: last.offset + last.size - offset,
    at,
    doneAt: last.doneAt,
    kind: KINDS[first.opcode] ?? 'reserved',
    frames,
    raw,
    content: content ?? raw,
    compressed,
    inflated: !compressed || content !== undefined,
    whole,
    ...(first.opcode === OPCODE.close && raw.length >= 2 && { code: (raw[0]! << 8) | raw[1]! }),
  };
}

function inflate(inflater: Inflater, raw: Uint8Array): Uint8Array | undefined {
  try {
    return inflater.inflate(raw, MOST_INFLATED);
  } catch (fault) {
    if (fault instanceof ProtocolFault) return undefined;
    throw fault;
  }
}
