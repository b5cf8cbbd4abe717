import {
  areSame,
  type Crossing,
  decode,
  type Flow,
  type Piece,
  type Point,
  type Way,
} from '../evidence/index.js';

/**
 * Where TLS runs through a hop as it is, what an end of ours told of its inside holds on the hop's other side too, at
 * the times at which the same ciphertext was seen there.
 */
export function shareInside(points: readonly Point[]): Point[] {
  const shared = [...points];
  for (let index = 1; index < shared.length; index++)
    shared[index] = withInside(shared[index], shared[index - 1], 'up');
  for (let index = shared.length - 2; index >= 0; index--)
    shared[index] = withInside(shared[index], shared[index + 1], 'down');
  return shared;
}

/** @param written the direction in which the end that told it writes */
function withInside(point: Point, known: Point, written: Way): Point {
  if (!point || !known || point === 'unrecorded' || known === 'unrecorded') return point;
  if (point.plain || !known.plain) return point;
  const [here, there] = [tlsIn(decode(point)), tlsIn(decode(known))];
  if (!here || !there || !areSame(here, there)) return point;
  const flow = (way: Way): Flow => ({
    ...known.plain![way],
    pieces: retimed(known.plain![way].pieces, way === written, [there, here], way),
  });
  const { up, down } = point;
  return {
    ...point,
    plain: { up: { ...flow('up'), ends: up.ends }, down: { ...flow('down'), ends: down.ends } },
  };
}

function tlsIn(crossing: Crossing): Crossing | undefined {
  if (crossing.protocol === 'tls') return crossing;
  return crossing.inner && tlsIn(crossing.inner);
}

/** What had not come as far is left out. */
function retimed(
  pieces: readonly Piece[],
  isWritten: boolean,
  [there, here]: readonly [Crossing, Crossing],
  way: Way,
): Piece[] {
  const sealed = there.side[way].pieces;
  const moved: Piece[] = [];
  for (const { at, until: _, ...piece } of pieces) {
    // What is written is sealed after that, and what is read was unsealed before.
    const carrier = isWritten
      ? sealed.find((one) => one.at >= at)
      : sealed.findLast((one) => (one.until ?? one.at) <= at);
    if (!carrier) continue;
    const last = carrier.offset + carrier.length - there.start[way] + here.start[way];
    if (last > here.octets[way].length) break;
    moved.push({ ...piece, at: here.octets[way].timeOf(last - 1) });
  }
  return moved;
}
