import type { Crossing } from '../crossing.js';
import type { Both, Difference } from '../difference.js';
import type { Way } from '../side.js';
import { inOf, outOf } from './refs.js';
import { isCertain } from './signals.js';

/** Octets that nobody here understands: whether they came out as they went in, and when. */
export function compareOctets(both: Both): Difference[] {
  return (['up', 'down'] as const).flatMap((way) => compareWay(both, way));
}

/** Whether what was kept of both agrees, as far as both reach. */
export function areSame(a: Crossing, b: Crossing): boolean {
  return (['up', 'down'] as const).every((way) => {
    const [one, other] = [a.octets[way].from(a.start[way]), b.octets[way].from(b.start[way])];
    const shared = Math.min(one.length, other.length);
    return Buffer.compare(one.subarray(0, shared), other.subarray(0, shared)) === 0;
  });
}

function compareWay(both: Both, way: Way): Difference[] {
  const [source, dest] = [inOf(both, way)!, outOf(both, way)!];
  const [went, came] = [lengthOf(source, way), lengthOf(dest, way)];
  const ref = (crossing: Crossing, offset: number, length: number) => {
    const at = crossing.octets[way].timeOf(crossing.start[way] + offset);
    return { side: crossing.side.name, way, at, offset: crossing.start[way] + offset, length };
  };
  const [a, b] = [source.octets[way].from(source.start[way]), dest.octets[way].from(dest.start[way])];
  const shared = Math.min(a.length, b.length);
  if (Buffer.compare(a.subarray(0, shared), b.subarray(0, shared)) !== 0) {
    const first = a.findIndex((octet, index) => octet !== b[index]);
    const refs = [ref(source, first, 16), ref(dest, first, 16)];
    const text = `changed what went ${way} from octet ${first.toLocaleString('en')} on`;
    return [{ kind: 'octets-changed', way, harm: 'grave', at: refs[0]!.at, text, refs }];
  }
  const lost = went - came;
  if (lost <= 0) return delayOf(both, way, Math.min(went, came));
  const refs = [ref(source, came, lost)];
  const at = refs[0]!.at;
  if (!isCertain(both, way, at)) return [];
  const text = `lost ${lost.toLocaleString('en')} of ${went.toLocaleString('en')} octets that went ${way}`;
  return [{ kind: 'octets-lost', way, harm: 'grave', at, text, refs, measured: { lostOctets: lost } }];
}

const lengthOf = ({ octets, start }: Crossing, way: Way) => Math.max(0, octets[way].length - start[way]);

/** By the last octets of what came in together. */
function delayOf(both: Both, way: Way, length: number): Difference[] {
  const [source, dest] = [inOf(both, way)!, outOf(both, way)!];
  const delays = source.octets[way]
    .stretches(source.start[way], length)
    .map((stretch) => {
      const last = stretch.offset + stretch.length - 1;
      const out = last - source.start[way] + dest.start[way];
      return { ms: dest.octets[way].timeOf(out) - stretch.at, at: stretch.at, offset: stretch.offset };
    })
    .sort((a, b) => a.ms - b.ms);
  const median = delays[delays.length >> 1];
  if (!median || median.ms < both.slowMs) return [];
  const ms = Math.round(median.ms);
  const text = `delayed what went ${way} by ${ms.toLocaleString('en')} ms (median of ${delays.length})`;
  const refs = [{ side: source.side.name, way, at: median.at, offset: median.offset, length: 1 }];
  const harm = delays.length >= 2 ? 'slight' : 'none';
  return [{ kind: 'delayed', way, harm, at: delays[0]!.at, text, refs, measured: { delayMs: ms } }];
}
