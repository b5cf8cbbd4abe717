import type { MessageSeen } from '../crossing.js';
import type { Both } from '../difference.js';
import type { Way } from '../side.js';
import { align } from './align.js';
import { inOf, outOf } from './refs.js';

/** Data keeps its order; control frames may go between its fragments, so each kind is matched by itself. */
export type Class = 'data' | 'ping' | 'pong' | 'close';

export const CLASSES: readonly Class[] = ['data', 'ping', 'pong', 'close'];

/** Messages of one class and direction: which of those that went in came out as which, and the rest. */
export interface Passed {
  pairs: readonly (readonly [went: MessageSeen, came: MessageSeen])[];
  ins: MessageSeen[];
  outs: MessageSeen[];
  /** Whether frames were left unread on the side, so that what is missing there may be among them. */
  inUnread: boolean;
  outUnread: boolean;
}

export type PassedBy = Record<Way, Record<Class, Passed>>;

/** Undefined unless both sides are WebSockets. */
export function pairMessages(both: Both): PassedBy | undefined {
  if (!both.before.socket || !both.after?.socket) return undefined;
  const way = (way: Way) => {
    const [source, dest] = [inOf(both, way)!.socket![way], outOf(both, way)!.socket![way]];
    const unread = { inUnread: source.unread !== undefined, outUnread: dest.unread !== undefined };
    return Object.fromEntries(
      CLASSES.map((kind) => {
        const [ins, outs] = [ofClass(source.messages, kind), ofClass(dest.messages, kind)];
        return [kind, { ...pass(ins, outs, kind), ...unread }];
      }),
    ) as Record<Class, Passed>;
  };
  return { up: way('up'), down: way('down') };
}

const classOf = ({ kind }: MessageSeen): Class =>
  kind === 'ping' || kind === 'pong' || kind === 'close' ? kind : 'data';

/** What was cut off in the middle is for the end of the connection to explain. */
const ofClass = (messages: readonly MessageSeen[], kind: Class) =>
  messages.filter((message) => message.whole && classOf(message) === kind);

function pass(ins: MessageSeen[], outs: MessageSeen[], kind: Class): Pick<Passed, 'pairs' | 'ins' | 'outs'> {
  const same = kind === 'close' ? () => true : isSame;
  const aligned = align(ins.length, outs.length, (i, j) => {
    const [went, came] = [ins[i]!, outs[j]!];
    // A ms of slack, for sides that were noted by different hands.
    return came.doneAt >= went.at - 1 && same(went, came)
      ? Math.max(0, came.doneAt - went.doneAt)
      : undefined;
  });
  return {
    pairs: aligned.pairs.map(([i, j]) => [ins[i]!, outs[j]!] as const),
    ins: aligned.ins.map((index) => ins[index]!),
    outs: aligned.outs.map((index) => outs[index]!),
  };
}

/** Whether they say the same to an application, or are the same octets; of long ones what was kept must agree. */
export function isSame(a: MessageSeen, b: MessageSeen): boolean {
  if (a.kind !== b.kind) return false;
  return isSameContent(a, b);
}

export function isSameContent(a: MessageSeen, b: MessageSeen): boolean {
  if (sameOctets(a.content, b.content) && isKept(a) && isKept(b)) return true;
  if (lengthOf(a) !== lengthOf(b)) return false;
  const shared = Math.min(a.raw.length, b.raw.length);
  return (
    (shared > 0 || lengthOf(a) === 0) && sameOctets(a.raw.subarray(0, shared), b.raw.subarray(0, shared))
  );
}

export const lengthOf = ({ frames }: MessageSeen) => frames.reduce((sum, { length }) => sum + length, 0);

const isKept = (message: MessageSeen) => message.raw.length === lengthOf(message);

const sameOctets = (a: Uint8Array, b: Uint8Array) => a.length === b.length && Buffer.compare(a, b) === 0;
