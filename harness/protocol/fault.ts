import type { Frame } from './decoder.js';

/**
 * What a peer sent breaks the protocol. The only error that the readers of this room throw for octets they are
 * given; a wrong argument of the caller's own is a RangeError.
 */
export class ProtocolFault extends Error {
  override readonly name = 'ProtocolFault';

  /**
   * @param code the close code that says it (RFC 6455 §7.4.1): 1002, 1007 or 1009
   * @param at offset in the stream (or in the given octets) of what is at fault: for a frame its first octet
   * @param frames whole frames that the same `push` decoded before the fault
   */
  constructor(
    readonly code: number,
    message: string,
    readonly at = 0,
    readonly frames: readonly Frame[] = [],
  ) {
    super(message);
  }
}
