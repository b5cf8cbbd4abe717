import { constants, deflateRawSync } from 'node:zlib';
import type { End, Probe } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import type { Meeting } from '../judging/violation.js';

const MIB = 1024 * 1024;
const RSV1 = 4;
/** What ends a flush, and is left out at the end of a message (RFC 7692 §7.2.1). */
const TAIL_OCTETS = 4;
/** An echo of so much has surely been inflated, even where it cannot be read any more. */
const MUCH = MIB;
/** From the first octets of an echo until it is seen to be long. */
const ECHO_MS = 200;
/** So many times longer than others a server may take that is busy inflating. */
const PATIENT = 3;

let block: Buffer | undefined;

/** The payload of a compressed message of so many MiB of zeros: about a thousandth of that. */
export function bomb(mebibytes: number): Buffer {
  block ??= deflateRawSync(Buffer.alloc(MIB), { level: 9, finishFlush: constants.Z_SYNC_FLUSH });
  // Each block refers to nothing before it, so they can be put one behind another.
  return Buffer.concat(Array<Buffer>(mebibytes).fill(block)).subarray(0, -TAIL_OCTETS);
}

/** A block of the reserved type 11 (RFC 1951 §3.2.3). */
export const CORRUPT = Uint8Array.of(0x07, 0xff, 0xff, 0xff, 0xff);

/** One compressed message, in so many frames. */
export function inFrames(payload: Uint8Array, count = 1): Uint8Array {
  const each = Math.ceil(payload.length / count);
  const frames = Array.from({ length: count }, (_, i) =>
    frame({
      opcode: i === 0 ? 'binary' : 'continuation',
      rsv: i === 0 ? RSV1 : 0,
      fin: i === count - 1,
      payload: payload.subarray(i * each, (i + 1) * each),
      mask: true,
    }),
  );
  return Buffer.concat(frames);
}

/** What became of a connection after a bomb. */
export type Blast = { became: 'ended'; end: End } | { became: 'went on' } | { became: 'silent' };

/** Sends it on a connection of its own. A server may be busy with it for a while. */
export async function blast(probe: Probe, meeting: Meeting, octets: Uint8Array): Promise<Blast> {
  await using peer = await meeting.open();
  const before = peer.heard;
  const { answerMs } = probe.patience;
  peer.send(Buffer.concat([octets, frame({ opcode: 'ping', payload: 'after', mask: true })]));
  await peer.octets(before + 1, PATIENT * answerMs);
  // An echo in full is more than is looked at as frames.
  await peer.octets(before + MUCH, ECHO_MS);
  if (peer.heard - before >= MUCH) return { became: 'went on' };
  const lives = await meeting.lives(peer);
  const end = await peer.farewell(0);
  if (end) return { became: 'ended', end };
  return { became: lives ? 'went on' : 'silent' };
}
