const KEPT = 64 * 1024;

/** The last 64 KiB that a program said. */
export class Tail {
  #chunks: Buffer[] = [];
  #size = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size - this.#chunks[0]!.length >= KEPT) this.#size -= this.#chunks.shift()!.length;
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(-KEPT).toString();
  }
}

/** The last lines of a log, each cut at 400 characters, without control characters. */
export function lastLines(log: string, count = 6): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(-count)
    .map((line) => line.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '').slice(0, 400))
    .join('\n');
}

/** A sentence and, below it, the program's own last lines. */
export function withLines(sentence: string, log: string): string {
  const lines = lastLines(log);
  return lines === '' ? `${sentence}; it said nothing` : `${sentence}:\n${lines}`;
}
