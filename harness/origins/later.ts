/** What is to be done on a connection later, for as long as there is one. */
export class Later {
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #endings: (() => void)[] = [];
  #isOver = false;

  every(ms: number, act: (count: number) => void): void {
    if (this.#isOver) return;
    let count = 0;
    this.#timers.add(setInterval(() => act(++count), Math.max(ms, 5)));
  }

  after(ms: number, act: () => void): void {
    if (!this.#isOver) this.#timers.add(setTimeout(act, ms));
  }

  /** Called when the connection is gone; at once where it is already. */
  whenOver(act: () => void): void {
    if (this.#isOver) act();
    else this.#endings.push(act);
  }

  /** The connection is gone. */
  over(): void {
    this.#isOver = true;
    for (const act of this.#endings.splice(0)) act();
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers.clear();
  }
}
