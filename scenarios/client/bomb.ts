import { constants, deflateRawSync } from 'node:zlib';

const MIB = 1024 * 1024;
const TIMES = 200;

/** A message of 200 MiB of zeros as permessage-deflate has it (RFC 7692 §7.2.1): some 200 KiB. One MiB is made, and repeated. */
export function bomb(): Uint8Array {
  // A full flush starts anew: such pieces can follow one another as often as wanted.
  const piece = deflateRawSync(Buffer.alloc(MIB), { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  const whole = Buffer.concat(Array.from({ length: TIMES }, () => piece));
  return whole.subarray(0, whole.length - 4);
}
