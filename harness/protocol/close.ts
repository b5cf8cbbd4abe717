import { isUtf8 } from 'node:buffer';
import { ProtocolFault } from './fault.js';

/** RFC 6455 §7.4.1 and the IANA registry of close codes. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [1000, 'normal closure'],
  [1001, 'going away'],
  [1002, 'protocol error'],
  [1003, 'unsupported data'],
  [1004, 'reserved'],
  [1005, 'no status received'],
  [1006, 'abnormal closure'],
  [1007, 'invalid payload data'],
  [1008, 'policy violation'],
  [1009, 'message too big'],
  [1010, 'mandatory extension'],
  [1011, 'internal error'],
  [1012, 'service restart'],
  [1013, 'try again later'],
  [1014, 'bad gateway'],
  [1015, 'TLS handshake'],
]);

/** The registered name; `library 3000`, `private 4000`, `unassigned 1016` for the rest. */
export function closeName(code: number): string {
  const name = NAMES.get(code);
  if (name) return name;
  if (code >= 3000 && code <= 3999) return `library ${code}`;
  if (code >= 4000 && code <= 4999) return `private ${code}`;
  return `unassigned ${code}`;
}

/** Whether the code may stand in a Close frame (RFC 6455 §7.4; 1012 to 1014 are registered since). */
export function mayAppear(code: number): boolean {
  if (code >= 3000 && code <= 4999) return true;
  return code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006;
}

/**
 * The payload of a Close frame (RFC 6455 §5.5.1): empty, or the code and a reason in UTF-8. Any code and any length
 * of reason is built, allowed or not.
 * @throws RangeError for a code outside of 0..65535, or a reason without a code
 */
export function closePayload(code?: number, reason = ''): Uint8Array {
  if (code === undefined) {
    if (reason) throw new RangeError('A close reason needs a code before it.');
    return new Uint8Array(0);
  }
  if (!(code >= 0 && code <= 0xffff && Number.isInteger(code))) {
    throw new RangeError(`A close code is 0 to 65535, not ${code}.`);
  }
  const bytes = new Uint8Array(2 + Buffer.byteLength(reason));
  bytes[0] = code >> 8;
  bytes[1] = code & 0xff;
  bytes.set(Buffer.from(reason), 2);
  return bytes;
}

/**
 * The code and reason of a Close frame's payload; neither when it is empty (RFC 6455 §5.5.1, §7.1.5).
 * @throws ProtocolFault for a single octet or a code that may not appear (1002), a reason that is not UTF-8 (1007)
 */
export function readClose(payload: Uint8Array): { code?: number; reason?: string } {
  if (payload.length === 0) return {};
  if (payload.length === 1) throw new ProtocolFault(1002, 'The Close frame has half of a close code.');
  const code = (payload[0]! << 8) | payload[1]!;
  if (!mayAppear(code)) {
    throw new ProtocolFault(
      1002,
      `The Close frame has the code ${code} (${closeName(code)}), which may not be sent.`,
    );
  }
  const reason = payload.subarray(2);
  if (!isUtf8(reason)) throw new ProtocolFault(1007, "The Close frame's reason is not UTF-8.");
  return { code, reason: Buffer.from(reason).toString() };
}
