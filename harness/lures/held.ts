import type { End, Habits, Held } from '../model.js';
import { opcodeName, show } from '../protocol/index.js';
import type { LiveVisit } from './visit.js';

/** Close codes by which a client fails a connection (RFC 6455 §7.4.1), rather than leaves it. */
const OF_FAILURE = [1002, 1003, 1007, 1008, 1009, 1010, 1011];

/** Whether the client holds the connection for open, by the sign that it gives to a sound server. */
export async function heldOf(visit: LiveVisit, habits: Habits, withinMs: number): Promise<Held> {
  const before = visit.frames.length;
  const pong = await Promise.race([visit.ping(withinMs), visit.ended(withinMs).then(() => false)]);
  if (pong) return { as: 'open', told: 'it answered a ping' };
  const end = await visit.ended(0);
  const spoken = visit.frames.find(({ opcode }) => opcode !== 8);
  if (end) {
    if (end.code !== undefined && OF_FAILURE.includes(end.code)) return failed(end);
    // Who leaves soon by itself leaves a sound server in the same way.
    if (spoken && habits.quitMs !== undefined) {
      return { as: 'open', told: `it sent ${what(spoken)}, and ${ending(end)}`, end };
    }
    if (habits.quitMs !== undefined && habits.sign === 'stays') {
      return { as: 'unclear', told: `${ending(end)}, as it does at a sound server`, end };
    }
    return failed(end);
  }
  if (habits.sign === 'stays') return { as: 'open', told: 'it stayed' };
  const fresh = visit.frames.slice(before).find(({ opcode }) => opcode !== 8);
  if (fresh || (habits.sign === 'message' && spoken)) {
    return { as: 'open', told: `it sent ${what(fresh ?? spoken!)}` };
  }
  return {
    as: 'unclear',
    told: `it kept the connection, and ${habits.sign === 'pong' ? 'did not answer a ping' : 'sent nothing'}`,
  };
}

const failed = (end: End): Held => ({ as: 'failed', told: ending(end), end });

const what = ({ opcode, payload }: { opcode: number; payload: Uint8Array }): string =>
  `a ${opcodeName(opcode)} frame of ${payload.length} octets`;

export function ending({ how, code, reason }: End): string {
  if (how === 'rst') return 'it reset the connection';
  if (how === 'fin') return 'it closed the connection without a Close frame';
  const named = reason ? ` "${show(reason, 60)}"` : '';
  return `it closed the connection with ${code === undefined ? 'a Close frame without a code' : `Close ${code}`}${named}`;
}
