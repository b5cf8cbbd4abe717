/** So many are there; whoever wants several of them gets them together, in order of asking. */
export class Slots {
  #free: number;
  readonly #waiting: { count: number; go: () => void }[] = [];

  constructor(readonly all: number) {
    this.#free = all;
  }

  /** Waits for `count` of them, all of them where it asks for more than there are; gives what returns them. */
  async take(count: number): Promise<() => void> {
    const wanted = Math.min(count, this.all);
    if (this.#waiting.length > 0 || this.#free < wanted) {
      await new Promise<void>((go) => this.#waiting.push({ count: wanted, go }));
    } else this.#free -= wanted;
    return () => {
      this.#free += wanted;
      this.#next();
    };
  }

  #next(): void {
    for (let [first] = this.#waiting; first && first.count <= this.#free; [first] = this.#waiting) {
      this.#waiting.shift();
      this.#free -= first.count;
      first.go();
    }
  }
}
