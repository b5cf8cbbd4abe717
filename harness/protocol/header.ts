import type { Frame } from './decoder.js';

/** The header of a frame (RFC 6455 §5.2) as evidence shows it, the masking key in hex. */
export const headerOf = ({
  fin,
  rsv,
  opcode,
  mask,
  payload,
}: Pick<Frame, 'fin' | 'rsv' | 'opcode' | 'mask' | 'payload'>) => ({
  fin,
  rsv,
  opcode,
  masked: mask !== undefined,
  octets: payload.length,
  ...(mask && { mask: Buffer.from(mask).toString('hex') }),
});
