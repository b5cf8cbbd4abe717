import type { MessageSeen } from '../crossing.js';
import type { Both, Difference, DifferenceKind } from '../difference.js';
import type { Way } from '../side.js';
import { composed, displaced, keyOf, replaced } from './leftovers.js';
import { isSameContent, type Passed, type PassedBy } from './pairs.js';
import { inOf, outOf, refOf } from './refs.js';
import { isCertain } from './signals.js';

/** What became of data messages. */
export function compareMessages(both: Both, passed: PassedBy): Difference[] {
  return (['up', 'down'] as const).flatMap((way) => [
    ...compareWay(both, way, passed[way].data),
    ...intrusions(both, way),
  ]);
}

/** A hop that answers a request long since done (Squid at its read_timeout does) writes the answer among the frames. */
function intrusions(both: Both, way: Way): Difference[] {
  const dest = outOf(both, way)!;
  const answer = dest.socket![way].unread?.answer;
  if (!answer || inOf(both, way)!.socket![way].unread?.answer) return [];
  const text = `wrote an HTTP answer (${answer.head.status}) into the WebSocket`;
  const refs = [refOf(dest, answer)];
  return [{ kind: 'message-added', way, harm: 'grave', at: answer.at, text, refs }];
}

function compareWay(both: Both, way: Way, passed: Passed): Difference[] {
  const differences: Difference[] = [];
  const ins = new Set(passed.ins);
  const outs = new Set(passed.outs);
  const tell = (
    kind: DifferenceKind,
    text: string,
    went: readonly MessageSeen[],
    came: readonly MessageSeen[],
  ) => {
    for (const message of went) ins.delete(message);
    for (const message of came) outs.delete(message);
    differences.push(differenceOf(both, { kind, way, harm: 'grave', text, went, came }));
  };

  for (const [went, came] of displaced(ins, outs))
    tell('messages-reordered', `let a ${nameOf(went[0]!)} ${whose(way)} come out of turn`, went, came);
  for (const [whole, parts] of composed(outs, ins))
    tell('messages-joined', `made one message of ${parts.length} ${whose(way)}`, parts, [whole]);
  for (const [whole, parts] of composed(ins, outs))
    tell('message-parted', `made ${parts.length} messages of one ${whose(way)}`, [whole], parts);
  for (const [went, came] of replaced(ins, outs, passed))
    tell('message-changed', changeOf(went[0]!, came[0]!, way), went, came);
  for (const went of ins) {
    if (isLost(both, way, passed, went))
      tell('message-dropped', `dropped a ${nameOf(went)} ${whose(way)}`, [went], []);
  }
  if (passed.inUnread) return differences;
  const through = new Set(passed.pairs.map(([, came]) => keyOf(came)));
  for (const came of outs) {
    const text = through.has(keyOf(came))
      ? `sent a ${nameOf(came)} ${whose(way)} again`
      : `sent a ${nameOf(came)} of its own ${way === 'up' ? 'to what is behind it' : 'to the client'}`;
    tell('message-added', text, [], [came]);
  }
  return differences;
}

export function differenceOf(
  both: Both,
  {
    went,
    came,
    ...rest
  }: Pick<Difference, 'kind' | 'way' | 'harm' | 'text'> & {
    went: readonly MessageSeen[];
    came: readonly MessageSeen[];
  },
): Difference {
  const [source, dest] = [inOf(both, rest.way), outOf(both, rest.way)];
  const refs = [
    ...(source ? went.map((message) => refOf(source, message)) : []),
    ...(dest ? came.map((message) => refOf(dest, message)) : []),
  ];
  const at = went[0]?.doneAt ?? came[0]?.at ?? 0;
  return { ...rest, at, refs: refs.slice(0, 8) };
}

const nameOf = ({ kind }: MessageSeen) => (kind === 'reserved' ? 'frame of a reserved opcode' : kind);

export const whose = (way: Way) => (way === 'up' ? 'from the client' : 'from behind it');

/** Certain only if something after it came out, or the end did, or there was time and somebody to take it. */
export function isLost(both: Both, way: Way, { pairs, outUnread }: Passed, went: MessageSeen): boolean {
  const [last] = pairs.at(-1) ?? [];
  if (last && last.offset > went.offset) return true;
  return !outUnread && isCertain(both, way, went.doneAt);
}

function changeOf(went: MessageSeen, came: MessageSeen, way: Way): string {
  if (isSameContent(went, came)) return `made a ${nameOf(came)} of a ${nameOf(went)} ${whose(way)}`;
  const [from, to] = [went.content.length, came.content.length];
  if (from === to) return `changed a ${nameOf(went)} ${whose(way)}`;
  return `made ${to.toLocaleString('en')} octets of a ${nameOf(went)} of ${from.toLocaleString('en')} ${whose(way)}`;
}
