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

/** Where a program says what ails it; Squid goes on for lines about its memory after that. */
const TELLING =
  /\b(fatal|panic|emerg|alert|crit|error|invalid|unknown|unrecognized|cannot|failed|denied|refused)\b/i;

/** The lines that tell most, six at the most and at 400 characters each, without control characters. */
export function tellingLines(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.slice(-60).filter((line) => TELLING.test(line));
  return (telling.length > 0 ? telling : lines)
    .slice(-6)
    .map((line) => line.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '').slice(0, 400))
    .join('\n');
}

/** A sentence and, below it, what the program said itself. */
export function withLines(sentence: string, log: string): string {
  const lines = tellingLines(log);
  return lines === '' ? `${sentence}; it said nothing` : `${sentence}:\n${lines}`;
}
