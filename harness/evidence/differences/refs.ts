import type { Crossing } from '../crossing.js';
import type { Both } from '../difference.js';
import type { Ref, Way } from '../side.js';
import type { Span } from '../stream.js';

/** Where the span lies, for the evidence. */
export function refOf(crossing: Crossing, { way, at, offset, size: length }: Span): Ref {
  return { side: crossing.side.name, way, at, offset, length, ...(crossing.plain && { plain: true }) };
}

/** Where what goes that way enters the hop. */
export const inOf = ({ before, after }: Both, way: Way): Crossing | undefined =>
  way === 'up' ? before : after;

/** Where it leaves the hop. */
export const outOf = ({ before, after }: Both, way: Way): Crossing | undefined =>
  way === 'up' ? after : before;
