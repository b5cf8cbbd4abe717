import type { Flow, FlowEnd, Piece, Way } from './side.js';

/** Where something lies in a direction, and when its first and last octets were seen. */
export interface Span {
  way: Way;
  offset: number;
  size: number;
  at: number;
  doneAt: number;
}

/** A direction to read by offset, whatever the pieces it came in. */
export class Stream {
  readonly #pieces: readonly Piece[];
  /** The stretches without a hole in what was kept. */
  readonly #runs: { offset: number; bytes: Uint8Array }[] = [];
  readonly length: number;
  /** How it ended, if it did. */
  readonly ended: FlowEnd['how'] | undefined;

  constructor(
    readonly way: Way,
    { pieces, ends }: Flow,
  ) {
    this.ended = ends[0]?.how;
    this.#pieces = pieces;
    const last = pieces.at(-1);
    this.length = last ? last.offset + last.length : 0;
    let run: Uint8Array[] = [];
    let start = 0;
    const close = () => {
      if (run.length > 0) this.#runs.push({ offset: start, bytes: Buffer.concat(run) });
      run = [];
    };
    for (const { bytes, offset } of pieces) {
      if (!bytes) close();
      else {
        if (run.length === 0) start = offset;
        run.push(bytes);
      }
    }
    close();
  }

  /** What was kept from there on, up to the next hole. */
  from(offset: number): Uint8Array {
    for (const { offset: start, bytes } of this.#runs) {
      if (offset >= start && offset < start + bytes.length) return bytes.subarray(offset - start);
    }
    return new Uint8Array(0);
  }

  /** The last piece that begins at or before the octet. */
  #indexOf(offset: number): number {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#pieces[middle]!.offset <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** When the octet was seen; for one that was not kept, no later than that. */
  timeOf(offset: number): number {
    const piece = this.#pieces[this.#indexOf(offset)];
    if (!piece) return 0;
    return offset >= piece.offset + piece.length - 1 ? (piece.until ?? piece.at) : piece.at;
  }

  /** The range, cut where octets came at different times. */
  stretches(offset: number, length: number): { offset: number; length: number; at: number }[] {
    const end = Math.min(offset + length, this.length);
    const found: { offset: number; length: number; at: number }[] = [];
    for (let index = this.#indexOf(offset); index < this.#pieces.length; index++) {
      const piece = this.#pieces[index]!;
      if (piece.offset >= end) break;
      const from = Math.max(piece.offset, offset);
      const to = Math.min(piece.offset + piece.length, end);
      if (to > from) found.push({ offset: from, length: to - from, at: piece.at });
    }
    return found;
  }

  span(offset: number, end: number): Span {
    const { way } = this;
    const last = Math.min(end, this.length) - 1;
    return {
      way,
      offset,
      size: end - offset,
      at: this.timeOf(offset),
      doneAt: this.timeOf(Math.max(last, offset)),
    };
  }
}
