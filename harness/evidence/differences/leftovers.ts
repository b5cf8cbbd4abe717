import type { MessageSeen } from '../crossing.js';
import { isSame, lengthOf, type Passed } from './pairs.js';

/** Runs that make one message are looked for among so many neighbours. */
const MOST_PARTS = 64;

export type Match = readonly [went: readonly MessageSeen[], came: readonly MessageSeen[]];

/** The same on both sides, out of turn. */
export function displaced(ins: Iterable<MessageSeen>, outs: Iterable<MessageSeen>): Match[] {
  const byContent = groupBy(outs, keyOf);
  return [...ins].flatMap((went): Match[] => {
    const alike = byContent.get(keyOf(went)) ?? [];
    const index = alike.findIndex((came) => isSame(went, came) && came.doneAt >= went.at - 1);
    return index < 0 ? [] : [[[went], alike.splice(index, 1)]];
  });
}

export function groupBy<Key>(
  messages: Iterable<MessageSeen>,
  keyOf: (message: MessageSeen) => Key,
): Map<Key, MessageSeen[]> {
  const groups = new Map<Key, MessageSeen[]>();
  for (const message of messages) {
    const group = groups.get(keyOf(message));
    if (group) group.push(message);
    else groups.set(keyOf(message), [message]);
  }
  return groups;
}

/** One of `wholes` that several neighbours of `parts` make together. */
export function composed(
  wholes: Iterable<MessageSeen>,
  parts: Iterable<MessageSeen>,
): [MessageSeen, MessageSeen[]][] {
  const left = [...parts].slice(0, MOST_PARTS);
  return [...wholes].slice(0, MOST_PARTS).flatMap((whole): [MessageSeen, MessageSeen[]][] => {
    const run = runThatMakes(whole, left);
    if (!run) return [];
    left.splice(left.indexOf(run[0]!), run.length);
    return [[whole, run]];
  });
}

function runThatMakes({ content }: MessageSeen, parts: readonly MessageSeen[]): MessageSeen[] | undefined {
  if (content.length === 0) return undefined;
  for (let first = 0; first < parts.length; first++) {
    let length = 0;
    for (let last = first; last < parts.length && length < content.length; last++) {
      const piece = parts[last]!.content;
      const here = content.subarray(length, length + piece.length);
      if (piece.length === 0 || here.length < piece.length || Buffer.compare(here, piece) !== 0) break;
      length += piece.length;
      if (length === content.length && last > first) return parts.slice(first, last + 1);
    }
  }
  return undefined;
}

/** One that went in and one that came out between the same two that came through. */
export function replaced(
  ins: Iterable<MessageSeen>,
  outs: Iterable<MessageSeen>,
  { pairs, inUnread, outUnread }: Passed,
): Match[] {
  const gaps = groupBy(outs, gapFinder(pairs.map(([, came]) => came.offset)));
  const inGapOf = gapFinder(pairs.map(([went]) => went.offset));
  let atEnd = 0;
  return [...ins].flatMap((went): Match[] => {
    const gap = inGapOf(went);
    // After the last that came through, only the first is sure: what is unread may hold the other half of the rest.
    if (gap === pairs.length && (inUnread || outUnread) && atEnd++ > 0) return [];
    const here = gaps.get(gap) ?? [];
    const index = here.findIndex((came) => came.doneAt >= went.at - 1);
    return index < 0 ? [] : [[[went], here.splice(index, 1)]];
  });
}

/** How many of the sorted offsets lie before a message. */
function gapFinder(offsets: readonly number[]): (message: MessageSeen) => number {
  return ({ offset }) => {
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (offsets[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** By which alike ones are found quickly. */
export const keyOf = (message: MessageSeen) => `${message.kind} ${contentKey(message)}`;

/** The same for a ping and its pong. */
export const contentKey = (message: MessageSeen) =>
  `${lengthOf(message)} ${Buffer.from(message.content.subarray(0, 256)).toString('latin1')}`;
