import type { Crossing } from './crossing.js';
import type { Difference, DifferenceKind } from './difference.js';
import { areSame } from './differences/opaque.js';
import { refOf } from './differences/refs.js';

/** The layers that both sides of a hop have in common, outermost first. */
export interface Layers {
  pairs: { before: Crossing; after?: Crossing }[];
  /** Tunnels and TLS that begin or end at the hop. */
  differences: Difference[];
  /** Why the innermost pair is not the same thing on both sides. */
  opaque?: string;
}

/** Peels off what begins or ends at the hop: a CONNECT tunnel, TLS. */
export function layersOf(before: Crossing, after?: Crossing): Layers {
  const layers: Layers = { pairs: [], differences: [] };
  let a: Crossing = before;
  let b: Crossing | undefined = after;
  const tell = (kind: DifferenceKind, text: string) => layers.differences.push(noteOf(a, kind, text));
  for (;;) {
    const [outer, other] = [a, b];
    if (a.protocol === 'tunnel' && b?.protocol !== 'tunnel') {
      tell('tunnel-ended', 'was the end of the CONNECT tunnel');
      a = a.inner!;
    } else if (b?.protocol === 'tunnel' && a.protocol !== 'tunnel') {
      tell('tunnel-begun', 'opened a CONNECT tunnel of its own');
      b = b.inner;
    } else if (a.protocol === 'tunnel') {
      layers.pairs.push({ before: a, ...(b && { after: b }) });
      a = a.inner!;
      b = b?.inner;
    } else if (a.protocol === 'tls' && b?.protocol === 'tls' && areSame(a, b)) {
      // The same session runs through: what one side knows of its inside holds for both.
      if (!a.inner || !b.inner) break;
      layers.pairs.push({ before: a, after: b });
      a = a.inner;
      b = b.inner;
    } else if (a.protocol === 'tls' && b && b.protocol !== 'nothing') {
      tell('tls-opened', b.protocol === 'tls' ? 'opened the TLS and made its own' : 'ended the TLS');
      const inside = b.protocol === 'tls' ? b.inner : b;
      if (!a.inner || !inside) {
        layers.opaque = 'TLS was not decrypted';
        break;
      }
      a = a.inner;
      b = inside;
    } else if (a.protocol === 'tls' && a.inner && (!b || b.protocol === 'nothing')) {
      // It was the hop that answered inside of it, if anybody did.
      if (a.inner.octets.down.length > 0) tell('tls-opened', 'ended the TLS');
      a = a.inner;
    } else if (b?.protocol === 'tls' && a.protocol !== 'nothing') {
      tell('tls-begun', 'put TLS on');
      if (!b.inner) {
        layers.opaque = 'TLS was not decrypted';
        break;
      }
      b = b.inner;
    } else break;
    if (a === outer && b === other) break;
  }
  layers.pairs.push({ before: a, ...(b && { after: b }) });
  return layers;
}

function noteOf(crossing: Crossing, kind: DifferenceKind, text: string): Difference {
  const way = 'up';
  const offset = crossing.start.up;
  const span = crossing.octets.up.span(offset, offset + 1);
  return { kind, way, harm: 'none', at: span.at, text, refs: [refOf(crossing, span)] };
}
