/** Many writers, one reader: what is pushed comes out in order, until it is closed. */
export class Channel<T> {
  readonly #items: T[] = [];
  #wake: () => void = () => {};
  #closed = false;
  #fault: unknown;

  push(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  close(fault?: unknown): void {
    this.#closed = true;
    this.#fault = fault;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      for (let item = this.#items.shift(); item !== undefined; item = this.#items.shift()) yield item;
      if (this.#fault !== undefined) throw this.#fault;
      if (this.#closed) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** Works through the items with at most `limit` at a time; stops taking new ones once the signal is aborted. */
export async function eachOf<T>(
  items: readonly T[],
  limit: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined && !signal.aborted; item = queue.shift())
      await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
