import type { MessageSeen } from '../crossing.js';
import type { Both, Difference } from '../difference.js';
import type { Way } from '../side.js';
import { contentKey, groupBy } from './leftovers.js';
import { differenceOf, isLost, whose } from './messages.js';
import type { PassedBy } from './pairs.js';
import { outOf } from './refs.js';
import { signalOf } from './signals.js';

const OTHER: Record<Way, Way> = { up: 'down', down: 'up' };

/** What became of pings, pongs and Close frames. */
export function compareControl(both: Both, passed: PassedBy): Difference[] {
  return (['up', 'down'] as const).flatMap((way) => [
    ...comparePings(both, passed, way),
    ...compareCloses(both, passed, way),
  ]);
}

/** Pings that go that way, and the pongs that come back for them. */
function comparePings(both: Both, passed: PassedBy, way: Way): Difference[] {
  const differences: Difference[] = [];
  const { ping } = passed[way];
  const back = OTHER[way];
  const { pong } = passed[back];
  const own = new Set(pong.outs);
  const pongs = groupBy(pong.outs, contentKey);
  const asked = new Set(ping.outs.map(contentKey));
  const through = groupBy(
    ping.pairs.map(([went]) => went),
    contentKey,
  );
  const tell = (
    part: Omit<Parameters<typeof differenceOf>[1], 'harm'>,
    harm: Difference['harm'] = 'slight',
  ) => differences.push(differenceOf(both, { ...part, harm }));

  for (const went of ping.ins) {
    const alike = pongs.get(contentKey(went)) ?? [];
    const answer = alike.find((pong) => own.has(pong) && pong.at >= went.at - 1);
    if (answer) {
      own.delete(answer);
      const text = `answered a ping ${whose(way)} itself and did not pass it on`;
      const answered = differenceOf(both, {
        kind: 'ping-answered',
        way,
        harm: 'slight',
        text,
        went: [went],
        came: [],
      });
      const { refs } = differenceOf(both, {
        kind: 'ping-answered',
        way: back,
        harm: 'slight',
        text,
        went: [],
        came: [answer],
      });
      differences.push({ ...answered, refs: [...answered.refs, ...refs] });
    } else if (isLost(both, way, ping, went)) {
      tell({ kind: 'message-dropped', way, text: `dropped a ping ${whose(way)}`, went: [went], came: [] });
    }
  }
  for (const came of ping.inUnread ? [] : ping.outs) {
    const text = `sent a ping of its own ${way === 'up' ? 'to what is behind it' : 'to the client'}`;
    tell({ kind: 'message-added', way, text, went: [], came: [came] }, 'none');
  }
  for (const came of pong.inUnread ? [] : own) {
    const twice = (through.get(contentKey(came)) ?? []).some((went) => went.at <= came.at + 1);
    const text = twice
      ? `answered a ping ${whose(way)} itself although it passed it on`
      : `sent a pong of its own ${back === 'up' ? 'to what is behind it' : 'to the client'}`;
    tell({ kind: 'message-added', way: back, text, went: [], came: [came] }, twice ? 'slight' : 'none');
  }
  for (const went of pong.ins) {
    if (asked.has(contentKey(went)) || !isLost(both, back, pong, went)) continue;
    tell({
      kind: 'message-dropped',
      way: back,
      text: `dropped a pong ${whose(back)}`,
      went: [went],
      came: [],
    });
  }
  return differences;
}

/** Close frames of a hop's own making are ends, and told there. */
function compareCloses(both: Both, passed: PassedBy, way: Way): Difference[] {
  const { close } = passed[way];
  const changed = close.pairs
    .filter(([went, came]) => Buffer.compare(went.raw, came.raw) !== 0)
    .map(([went, came]) => {
      const text = `passed on a Close ${codeOf(went)} ${whose(way)} as ${codeOf(came)}`;
      const said = went.code === came.code ? `changed the reason of a Close ${whose(way)}` : text;
      return differenceOf(both, {
        kind: 'close-changed',
        way,
        harm: 'slight',
        text: said,
        went: [went],
        came: [came],
      });
    });
  // Who has sent its own Close already need not pass on the answer to it.
  const answered = (went: MessageSeen) =>
    (way === 'up' ? both.before.socket!.down : both.after!.socket!.up).messages.some(
      ({ kind, at }) => kind === 'close' && at <= went.at,
    );
  const dropped = close.ins
    .filter((went) => !answered(went) && (isLost(both, way, close, went) || isEndedInstead(both, way, went)))
    .map((went) => {
      const text = `did not pass on a Close ${codeOf(went)} ${whose(way)}`;
      return differenceOf(both, {
        kind: 'message-dropped',
        way,
        harm: 'slight',
        text,
        went: [went],
        came: [],
      });
    });
  return [...changed, ...dropped];
}

/** Whether the hop let its own end follow, before whoever it was for had ended anything. */
function isEndedInstead(both: Both, way: Way, went: MessageSeen): boolean {
  const own = signalOf(outOf(both, way), way);
  const far = way === 'up' ? signalOf(both.after, 'down') : signalOf(both.before, 'up');
  return own !== undefined && own.how !== 'close' && own.at >= went.at && !(far && far.at < own.at);
}

const codeOf = ({ code }: MessageSeen) => (code === undefined ? 'without a code' : String(code));
