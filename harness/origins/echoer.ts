import type { FrameSpec, Message } from '../protocol/index.js';
import type { Sins } from './server.js';

/** What an origin with these sins sends back for each message; a sound one sends the message itself. */
export function echoer(sins: Sins): (message: Message) => readonly FrameSpec[] {
  let held: FrameSpec | undefined;
  return ({ kind, data }) => {
    const same: FrameSpec = { opcode: kind as 'text' | 'binary', payload: data };
    if (sins.has('mute')) return [];
    if (sins.has('corrupt') && data.length > 100) return [{ ...same, payload: spoilt(data) }];
    if (sins.has('text-as-binary')) return [{ ...same, opcode: 'binary' }];
    if (!sins.has('reorder')) return [same];
    // Every other message waits for the one after it.
    const before = held;
    held = before || data.length > 20 ? undefined : same;
    return before ? [same, before] : held ? [] : [same];
  };
}

/** The same number of octets, and of characters; the one in the middle is another. */
function spoilt(data: Uint8Array): Uint8Array {
  const copy = Buffer.from(data);
  const middle = data.length >> 1;
  copy[middle] = (data[middle] ?? 0) ^ 1;
  return copy;
}
