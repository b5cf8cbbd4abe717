import { after } from '../patience.js';

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
    let late = withinMs <= 0;
    let wake = () => {};
    const callOff = after(withinMs, () => {
      late = true;
      wake();
    });
    for (;;) {
      for (let item = this.#items.shift(); item !== undefined; item = this.#items.shift()) {
        if (!match(item)) continue;
        callOff();
        return item;
      }
      if (this.#closed || late) {
        callOff();
        return undefined;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
        this.#waiting.push(resolve);
      });
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
