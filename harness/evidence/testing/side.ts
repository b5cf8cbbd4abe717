import type { FlowEnd, Piece, Ref, Side, Way } from '../side.js';

/** `[at, way, octets | 'FIN' | 'RST' | number of octets that were not kept]` */
export type Step = readonly [at: number, way: Way, what: string | Uint8Array | number];

/** A side, from what was seen of it in order. Text is latin1. */
export function sideFrom(name: string, steps: readonly Step[], until?: number): Side {
  const flow = (way: Way) => {
    const pieces: Piece[] = [];
    const ends: FlowEnd[] = [];
    let offset = 0;
    for (const [at, own, what] of steps) {
      if (own !== way) continue;
      if (what === 'FIN' || what === 'RST') {
        ends.push({ how: what === 'FIN' ? 'fin' : 'rst', at });
      } else if (typeof what === 'number') {
        pieces.push({ at, offset, length: what });
        offset += what;
      } else {
        const bytes = typeof what === 'string' ? Buffer.from(what, 'latin1') : what;
        pieces.push({ at, offset, length: bytes.length, bytes });
        offset += bytes.length;
      }
    }
    return { pieces, ends };
  };
  const last = Math.max(0, ...steps.map(([at]) => at));
  return {
    name,
    openedAt: steps[0]?.[0] ?? 0,
    until: until ?? last + 10_000,
    up: flow('up'),
    down: flow('down'),
  };
}

/** The octets that a reference means, as far as they were kept, `max` at most. */
export function octetsOf(side: Side, { way, offset, length, plain }: Ref, max = 4096): Uint8Array {
  const end = offset + Math.min(length, max);
  const parts: Uint8Array[] = [];
  for (const { bytes, offset: start } of ((plain && side.plain) || side)[way].pieces) {
    if (bytes && start < end && start + bytes.length > offset) {
      parts.push(bytes.subarray(Math.max(0, offset - start), end - start));
    }
  }
  return Buffer.concat(parts);
}
