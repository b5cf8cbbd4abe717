import { type Stats, unwatchFile, watchFile } from 'node:fs';

/** Files are looked at this often: it works on every file system, and where editors put a new file in the old one's place. */
const EVERY_MS = 200;
/** What is saved in several steps is one change. */
const SETTLED_MS = 350;

/** Looks after files, whether they are there or not, until it is disposed of. */
export class Changes implements Disposable {
  readonly #watched = new Set<string>();
  readonly #changed = new Set<string>();
  #settling: NodeJS.Timeout | undefined;
  #tell: (() => void) | undefined;
  readonly #take = new Map<string, (now: Stats, before: Stats) => void>();

  /** These files, and no others, from now on. */
  watch(files: Iterable<string>): void {
    const wanted = new Set(files);
    for (const file of [...this.#watched].filter((one) => !wanted.has(one))) this.#forget(file);
    for (const file of [...wanted].filter((one) => !this.#watched.has(one))) {
      const take = (now: Stats, before: Stats) => {
        if (!same(now, before)) this.#note(file);
      };
      this.#watched.add(file);
      this.#take.set(file, take);
      watchFile(file, { interval: EVERY_MS }, take);
    }
  }

  /** Resolves with the files that have changed since the last time, once they are left alone; with none when `wake` is called. */
  async next(): Promise<string[]> {
    await new Promise<void>((resolve) => {
      this.#tell = resolve;
      if (this.#changed.size > 0 && !this.#settling) resolve();
    });
    this.#tell = undefined;
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  wake(): void {
    this.#tell?.();
  }

  #note(file: string): void {
    this.#changed.add(file);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      this.#tell?.();
    }, SETTLED_MS);
  }

  #forget(file: string): void {
    unwatchFile(file, this.#take.get(file));
    this.#take.delete(file);
    this.#watched.delete(file);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#settling);
    for (const file of [...this.#watched]) this.#forget(file);
  }
}

/** It is told of what is not there as well, and of who may read it. */
const same = (a: Stats, b: Stats): boolean => a.mtimeMs === b.mtimeMs && a.size === b.size && a.ino === b.ino;
