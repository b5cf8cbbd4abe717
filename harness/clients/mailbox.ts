/** Things that arrive, taken in order by whoever waits for them. */
export class Mailbox<T> {
  readonly #items: T[] = [];
  #waiting: (() => void)[] = [];
  #closed = false;

  push(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  /** Nothing more will come: whoever waits gets undefined. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** The next item that matches (those before it are dropped), or undefined after `withinMs` or at the end. */
  async take(withinMs: number, match: (item: T) => boolean = () => true): Promise<T | undefined> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      for (let item = this.#items.shift(); item !== undefined; item = this.#items.shift()) {
        if (match(item)) return item;
      }
      const left = deadline - performance.now();
      if (this.#closed || left <= 0) return undefined;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
