import { Transform, type TransformCallback } from 'node:stream';

const MOST = 8192;

/** Holds octets back until there are 8 KiB of them or no more come: what a buffering proxy does to a sparse stream. */
export class HoldBack extends Transform {
  #held: Buffer[] = [];
  #count = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#held.push(chunk);
    this.#count += chunk.length;
    if (this.#count >= MOST) this.#release();
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#release();
    done();
  }

  #release(): void {
    if (this.#count > 0) this.push(Buffer.concat(this.#held));
    this.#held = [];
    this.#count = 0;
  }
}
