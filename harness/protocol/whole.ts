import type { Frame } from './decoder.js';

/**
 * A test for frames in their order: whether one ends a message of that payload, in however many fragments it came
 * (RFC 6455 §5.4: hops may fragment as they like).
 */
export function endsMessage(
  payload: Uint8Array,
): (frame: Pick<Frame, 'opcode' | 'fin' | 'payload'>) => boolean {
  let parts: Uint8Array[] = [];
  let octets = 0;
  return ({ opcode, fin, payload: part }) => {
    if (opcode >= 8) return false;
    if (opcode !== 0) {
      parts = [];
      octets = 0;
    }
    octets += part.length;
    if (octets <= payload.length) parts.push(part);
    return fin && octets === payload.length && Buffer.concat(parts).equals(payload);
  };
}
