import type { MessageSeen } from '../crossing.js';
import type { Both, Difference } from '../difference.js';
import type { Way } from '../side.js';
import { differenceOf, whose } from './messages.js';
import { CLASSES, type PassedBy } from './pairs.js';

type Change = Pick<Difference, 'kind' | 'harm' | 'text'>;

/** How messages that came through were framed, masked and compressed anew. */
export function compareFraming(both: Both, passed: PassedBy): Difference[] {
  return (['up', 'down'] as const).flatMap((way) =>
    CLASSES.flatMap((kind) => passed[way][kind].pairs).flatMap(([went, came]) =>
      changesOf(went, came, way).map((change) =>
        differenceOf(both, { ...change, way, went: [went], came: [came] }),
      ),
    ),
  );
}

function changesOf(went: MessageSeen, came: MessageSeen, way: Way): Change[] {
  const changes: Change[] = [];
  const [a, b] = [went.frames.length, came.frames.length];
  const sizes = ({ frames }: MessageSeen) => frames.map(({ length }) => length).join();
  if (b < a) {
    const text = `merged the ${a} frames of a message ${whose(way)} into ${b === 1 ? 'one' : b}`;
    changes.push({ kind: 'frames-merged', harm: 'none', text });
  } else if (b > a || (went.compressed === came.compressed && sizes(went) !== sizes(came))) {
    const text = `split a message ${whose(way)} into ${b} frames where it had ${a}`;
    changes.push({ kind: 'frames-split', harm: 'none', text });
  }
  return [...changes, ...maskChanges(went, came, way), ...bitChanges(went, came, way)];
}

function maskChanges(went: MessageSeen, came: MessageSeen, way: Way): Change[] {
  const [before, after] = [went.frames[0]!.mask, came.frames[0]!.mask];
  if (before && after) {
    if (Buffer.compare(before, after) === 0) return [];
    return [{ kind: 'frames-remasked', harm: 'none', text: `masked frames ${whose(way)} with another key` }];
  }
  if (!before === !after) return [];
  const text = before
    ? `took the mask off frames ${whose(way)}`
    : `masked frames ${whose(way)} that were not`;
  // Masking what ought to have been masked hides a fault; all else makes one (RFC 6455 §5.1).
  return [{ kind: 'masking-changed', harm: way === 'up' && after ? 'slight' : 'grave', text }];
}

function bitChanges(went: MessageSeen, came: MessageSeen, way: Way): Change[] {
  const [a, b] = [went.frames[0]!.rsv, came.frames[0]!.rsv];
  if (a === b) return [];
  const honest =
    (a & 3) === (b & 3) && went.inflated && came.inflated && Buffer.compare(went.content, came.content) === 0;
  if (!honest) {
    return [
      {
        kind: 'bits-changed',
        harm: 'grave',
        text: `changed the RSV bits of frames ${whose(way)} from ${a} to ${b}`,
      },
    ];
  }
  const text = `${went.compressed ? 'decompressed' : 'compressed'} messages ${whose(way)}`;
  return [{ kind: 'compression-changed', harm: 'none', text }];
}
