import type { FrameSpec, Message } from '../protocol/index.js';
import type { Sins } from './server.js';

/** What an origin with these sins sends back for a message; a sound one sends the message itself. */
export function echoOf({ kind, data }: Message, sins: Sins): readonly FrameSpec[] {
  const same: FrameSpec = { opcode: kind as 'text' | 'binary', payload: data };
  if (sins.has('mute')) return [];
  if (sins.has('corrupt') && data.length > 100) return [{ ...same, payload: spoilt(data) }];
  if (sins.has('text-as-binary')) return [{ ...same, opcode: 'binary' }];
  return [same];
}

/** The same number of octets, and of characters; the one in the middle is another. */
function spoilt(data: Uint8Array): Uint8Array {
  const copy = Buffer.from(data);
  const middle = data.length >> 1;
  copy[middle] = (data[middle] ?? 0) ^ 1;
  return copy;
}
