import type { Sighting, Sightings } from './model.js';
import { after } from './patience.js';

const MOST_KEPT = 20_000;

/** What the origins of a lab saw, found by the token that the client put in its request target. */
export class Book implements Sightings {
  readonly #all: Sighting[] = [];
  readonly #waiting = new Map<string, Set<(sighting: Sighting) => void>>();

  add(sighting: Sighting): void {
    if (this.#all.length >= MOST_KEPT) this.#all.shift();
    this.#all.push(sighting);
    if (sighting.token === undefined) return;
    for (const tell of this.#waiting.get(sighting.token) ?? []) tell(sighting);
  }

  all(): readonly Sighting[] {
    return this.#all;
  }

  async of(token: string, withinMs: number): Promise<Sighting | undefined> {
    const seen = this.#all.find((sighting) => sighting.token === token);
    if (seen) return seen;
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(token) ?? new Set();
      this.#waiting.set(token, waiting);
      const tell = (sighting?: Sighting) => {
        callOff();
        waiting.delete(tell);
        if (waiting.size === 0) this.#waiting.delete(token);
        resolve(sighting);
      };
      const callOff = after(withinMs, () => tell());
      waiting.add(tell);
    });
  }
}
