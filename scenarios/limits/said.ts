import type { Sighting } from '../../harness/model.js';

/** The code of the Close frame that the origin sent; undefined where it sent none, or one without a code. */
export function codeSaid(sighting: Sighting | undefined): number | undefined {
  const close = sighting?.evidence.find(({ kind, frame }) => kind === 'sent' && frame?.opcode === 8);
  const payload = Buffer.from(close?.bytes ?? '', 'base64');
  return payload.length < 2 ? undefined : payload.readUInt16BE();
}
