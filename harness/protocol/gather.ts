const FIRST = 65536;

/**
 * Puts octets that come piecemeal into one array. It grows with what has come (at most to twice that) and never
 * past `limit`, so a large promise costs nothing until it is kept, and a thousand small pieces cost no more than one.
 */
export class Gather {
  #bytes: Uint8Array = new Uint8Array(0);
  length = 0;

  /** @param limit how many octets will come at most; the caller sees to it that no more do */
  constructor(readonly limit: number) {}

  /** Where the octets of `piece` now lie: the whole array, and from which index. */
  add(piece: Uint8Array): { bytes: Uint8Array; from: number } {
    const from = this.length;
    const needed = from + piece.length;
    if (needed > this.#bytes.length) {
      const bytes = new Uint8Array(Math.min(this.limit, Math.max(needed * 2, FIRST)));
      bytes.set(this.#bytes.subarray(0, from));
      this.#bytes = bytes;
    }
    this.#bytes.set(piece, from);
    this.length = needed;
    return { bytes: this.#bytes, from };
  }

  take(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}
