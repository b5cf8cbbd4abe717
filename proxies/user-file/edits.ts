import type { Source } from './source.js';

/** What is to be said otherwise in files of the user's. The rest stays, octet for octet. */
export class Edits {
  readonly #bySource = new Map<Source, { start: number; end: number; text: string }[]>();

  /** Edits of one file must not overlap; of those at one place the first comes first. */
  replace(source: Source, { start, end }: { start: number; end: number }, text: string): void {
    const edits = this.#bySource.get(source) ?? [];
    edits.push({ start, end, text });
    this.#bySource.set(source, edits);
  }

  apply(source: Source): string {
    let written = '';
    let from = 0;
    for (const { start, end, text } of (this.#bySource.get(source) ?? []).sort((a, b) => a.start - b.start)) {
      written += source.text.slice(from, start) + text;
      from = end;
    }
    return written + source.text.slice(from);
  }
}
