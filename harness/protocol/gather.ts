/**
 * Puts octets that come piecemeal into one array. It grows with what has come and never past `limit`, so a large
 * promise costs nothing until it is kept, and a thousand small pieces cost no more than one.
 */
export class Gather {
  #bytes = new Uint8Array(0);
  length = 0;

  /**
   * @param limit how many octets will come at most; the caller sees to it that no more do
   * @param first room to begin with
   */
  constructor(
    readonly limit: number,
    readonly first = 1024,
  ) {}

  /** Makes room for `count` more octets: where they are to be put, and from which index. */
  room(count: number): { bytes: Uint8Array; from: number } {
    const from = this.length;
    this.length += count;
    if (this.length > this.#bytes.length) {
      const size = Math.min(this.limit, Math.max(this.length * 2, this.first));
      const bytes = new Uint8Array(Buffer.allocUnsafeSlow(size).buffer);
      bytes.set(this.#bytes.subarray(0, from));
      this.#bytes = bytes;
    }
    return { bytes: this.#bytes, from };
  }

  add(piece: Uint8Array): void {
    const { bytes, from } = this.room(piece.length);
    bytes.set(piece, from);
  }

  /** What has come. */
  get octets(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}
